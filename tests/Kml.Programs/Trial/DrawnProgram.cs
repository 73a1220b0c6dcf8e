using Kml.KmodGen.Bodies;
using Kml.Model;

namespace Kml.Programs.Trial;

/// <summary>A program: one method of a model, as .NET runs it, and as the generator read it.</summary>
/// <param name="model">The model.</param>
/// <param name="role">What the method is for.</param>
/// <param name="method">The method.</param>
/// <param name="call">Runs its C#.</param>
internal sealed class DrawnProgram(ModelSpec model, BodyRole role, Method method, BodyCall call)
{
    /// <summary>The model.</summary>
    public ModelSpec Model => model;

    /// <summary>What the method is for.</summary>
    public BodyRole Role => role;

    /// <summary>The method.</summary>
    public Method Method => method;

    /// <summary>The layout of its event.</summary>
    public StructLayout From { get; } = model.From.Info().Layout;

    /// <summary>The layout of the model's state.</summary>
    public StructLayout State { get; } = StructLayout.Of(model.State?.Fields ?? default);

    /// <summary>Runs its C#.</summary>
    /// <param name="input">What it runs on; it stays as it is.</param>
    public Outcome Run(ProgramInput input) => call.Run(role, input, model.Features.Count);
}
