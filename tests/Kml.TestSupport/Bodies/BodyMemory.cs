using System;
using System.Linq;
using Kml.Inference.Bodies;
using Kml.Model;

namespace Kml.TestSupport;

/// <summary>Events and states as the bytes that bodies run on.</summary>
public static class BodyMemory
{
    /// <summary>Makes the bytes of a struct.</summary>
    /// <param name="layout">Its layout.</param>
    /// <param name="bits">Gives the bits of each scalar.</param>
    /// <returns>The bytes.</returns>
    public static byte[] Of(StructLayout layout, Func<PlacedScalar, ulong> bits)
    {
        byte[] bytes = new byte[layout.Size];
        foreach (PlacedScalar scalar in layout.Scalars)
            ScalarBytes.Write(bytes.AsSpan(scalar.Offset, scalar.Type.Size()), bits(scalar));
        return bytes;
    }

    /// <summary>The layout of an event or a state that a body takes.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="model">The model.</param>
    /// <returns>The layout; null for what is no struct.</returns>
    public static StructLayout? Layout(Parameter parameter, ModelSpec model) => parameter.Kind switch
    {
        ParameterKind.Event => parameter.Event!.Value.Info().Layout,
        ParameterKind.State => StructLayout.Of(model.State?.Fields ?? default),
        _ => null,
    };

    /// <summary>Makes what a body runs on.</summary>
    /// <param name="method">The body.</param>
    /// <param name="model">Its model.</param>
    /// <param name="bits">Gives the bits of a scalar of that type.</param>
    /// <returns>The input.</returns>
    public static BodyInput Input(Method method, ModelSpec model, Func<ScalarType, ulong> bits)
    {
        BodyInput input = new();
        foreach (Parameter parameter in method.Parameters)
        {
            if (Layout(parameter, model) is { } layout)
                input.Memory[parameter.Name] = Of(layout, s => bits(s.Type));
            else if (parameter.Kind == ParameterKind.Scalar)
                input.Scalars[parameter.Name] = bits(parameter.Type);
        }

        return input;
    }

    /// <summary>The bits of a scalar in a struct.</summary>
    /// <param name="layout">The struct's layout.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="path">The scalar, as <see cref="PlacedScalar.Path"/> names it.</param>
    /// <returns>The bits.</returns>
    public static ulong Read(StructLayout layout, byte[] bytes, string path)
    {
        PlacedScalar scalar = layout.Scalars.Single(s => s.Path == path);
        return ScalarBytes.Read(bytes.AsSpan(scalar.Offset), scalar.Type);
    }
}
