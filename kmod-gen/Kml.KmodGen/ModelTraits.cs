using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.KmodGen;

/// <summary>What follows from a model about where its bodies may run; where its program may, <see cref="ProgramShape.IntegerTwin"/> says.</summary>
/// <param name="FeaturesFloat">Whether the features' body uses floating point, and so runs only where the FPU may be used.</param>
/// <param name="LabelFloat">The same of the label's body.</param>
/// <param name="VerdictFloat">The same of the verdict's body; false without one.</param>
/// <param name="PolicyFloat">The same of the policy's body; false without one.</param>
public sealed record ModelTraits(bool FeaturesFloat, bool LabelFloat, bool VerdictFloat, bool PolicyFloat)
{
    /// <summary>Finds the traits of a model.</summary>
    /// <param name="model">The model.</param>
    /// <returns>Its traits.</returns>
    public static ModelTraits Of(ModelSpec model)
    {
        ModelFunctions functions = new(model.Functions);
        return new(
            model.Features.Type == ScalarType.F32 || FloatUse.In(model.Features.Method, functions),
            model.Label.Type == ScalarType.F32 || FloatUse.In(model.Label.Method, functions),
            FloatUse.In(model.Verdict, functions),
            FloatUse.In(model.Policy, functions));
    }
}
