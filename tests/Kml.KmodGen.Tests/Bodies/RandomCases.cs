using Kml.KmodGen.Bodies;
using Kml.Model;
using Kml.TestSupport;

namespace Kml.KmodGen.Tests.Bodies;

/// <summary>Random bodies in models that they could be of.</summary>
internal static class RandomCases
{
    private const int Features = 4;

    /// <summary>Makes the next body.</summary>
    /// <param name="random">What draws it.</param>
    /// <param name="index">Its number, which says what it is for.</param>
    /// <returns>The body.</returns>
    public static BodyCase One(RandomBodies random, int index)
    {
        ScalarType feature = new[] { ScalarType.F32, ScalarType.I32, ScalarType.Q16 }[index % 3];
        ScalarType label = new[] { ScalarType.F32, ScalarType.I32, ScalarType.Q16, ScalarType.U32 }[index % 4];
        BodyRole role = (BodyRole)(index % 5);
        Method method = role switch
        {
            BodyRole.Update => random.Update(),
            BodyRole.Features => random.Features(feature, Features),
            BodyRole.Label => random.Label(label),
            BodyRole.Verdict => random.Verdict(label),
            _ => random.Policy(label),
        };
        ModelSpec model = SampleModels.Minimal() with
        {
            State = new(StateScope.PerDevice, BodyState.Fields),
            Features = new(Features, feature, method),
            Label = new(label, label == ScalarType.U32 ? 3 : 0, EventKind.BioQueue, EventKind.BlockComplete, method),
            Functions = random.Functions,
        };
        return new(role, method, model);
    }
}
