using System;
using System.Buffers.Binary;
using Kml.Model;

namespace Kml.Inference.Bodies;

/// <summary>Features from the bytes of an event and a state, by the model's text alone.</summary>
public sealed class FeatureReplay
{
    private readonly ModelSpec _model;
    private readonly StructLayout _from;
    private readonly StructLayout _state;

    /// <summary>Prepares a model's replay.</summary>
    /// <param name="model">The model, free of errors.</param>
    public FeatureReplay(ModelSpec model)
    {
        _model = model;
        _from = model.From.Info().Layout;
        _state = StructLayout.Of(model.State?.Fields ?? default);
    }

    /// <summary>Computes the features.</summary>
    /// <param name="from">The event at which the model predicts, as a record holds it.</param>
    /// <param name="state">The state as it was before, as a record holds it; empty without one.</param>
    /// <param name="features">Receives the bits of the features, as many as the model has.</param>
    /// <returns>False if the method faults: nothing is predicted then.</returns>
    public bool TryRun(ReadOnlySpan<byte> from, ReadOnlySpan<byte> state, Span<uint> features)
    {
        Method method = _model.Features.Method;
        BodyInput input = new();
        foreach (Parameter parameter in method.Parameters)
        {
            if (parameter.Kind == ParameterKind.Event)
                Fill(input, parameter.Name, _from, from);
            else if (parameter.Kind == ParameterKind.State)
                Fill(input, parameter.Name, _state, state);
        }

        BodyOutcome outcome = BodyInterpreter.Run(method, input);
        if (outcome.Faulted)
            return false;
        for (int i = 0; i < features.Length; i++)
            features[i] = (uint)outcome.Features[i];
        return true;
    }

    private static void Fill(BodyInput input, string parameter, StructLayout layout, ReadOnlySpan<byte> bytes)
    {
        Span<byte> wide = stackalloc byte[sizeof(ulong)];
        foreach (PlacedField field in layout.Fields)
        {
            wide.Clear();
            bytes.Slice(field.Offset, field.Field.Type.Size()).CopyTo(wide);
            input.Fields[(parameter, field.Field.Name)] = BinaryPrimitives.ReadUInt64LittleEndian(wide);
        }
    }
}
