using System.Collections.Generic;
using System.Linq;

namespace Kml.Model;

/// <summary>What a classification says of the class that it chose, beside which it is: how sure it is.</summary>
public enum Confidence
{
    /// <summary>The share of the class among all, as softmax has it: of outputs y and the class c, 1 / sum of e^(y[i] - y[c]).</summary>
    Probability,

    /// <summary>By how much the class leads: its output less the greatest of the others.</summary>
    Margin,
}

/// <summary>A confidence: a parameter of its name may stand behind the value in a verdict and in a policy.</summary>
/// <param name="Confidence">The confidence.</param>
/// <param name="Certain">What it is of a label, which is what really happened.</param>
/// <param name="CurvesPerClass">Exponentials that it takes for each class.</param>
public sealed record ConfidenceInfo(Confidence Confidence, float Certain, int CurvesPerClass)
{
    /// <summary>The name: of the parameter in C#, and behind <c>kml_</c> of the function in C.</summary>
    public string Word => Confidence.ToString().ToLowerInvariant();
}

/// <summary>The confidences: the one table of them. All are of type F32, of whatever type the features are.</summary>
public static class ConfidenceCatalog
{
    /// <summary>All confidences, in the order in which engines give them.</summary>
    public static IReadOnlyList<ConfidenceInfo> All { get; } =
    [
        new(Confidence.Probability, Certain: 1f, CurvesPerClass: 1),
        new(Confidence.Margin, Certain: float.PositiveInfinity, CurvesPerClass: 0),
    ];

    /// <summary>The row of a confidence.</summary>
    /// <param name="confidence">The confidence.</param>
    /// <returns>The row.</returns>
    public static ConfidenceInfo Info(this Confidence confidence) => All[(int)confidence];

    /// <summary>The confidence of a name.</summary>
    /// <param name="word">The name.</param>
    /// <returns>Its row, or null.</returns>
    public static ConfidenceInfo? ByWord(string word) => All.FirstOrDefault(s => s.Word == word);

    /// <summary>The confidences that a method takes.</summary>
    /// <param name="method">The method; null takes none.</param>
    /// <returns>The confidences, in the order of its parameters.</returns>
    public static IEnumerable<Confidence> Of(Method? method) => method?.Parameters.Select(p => p.Confidence).OfType<Confidence>() ?? [];

    /// <summary>The confidences that a model's engines give: those that its verdict or its policy takes.</summary>
    /// <param name="model">The model.</param>
    /// <returns>The confidences, in the order of the table.</returns>
    public static EquatableArray<Confidence> Of(ModelSpec model) =>
        All.Select(s => s.Confidence).Where(Of(model.Verdict).Concat(Of(model.Policy)).Contains).ToEquatableArray();
}
