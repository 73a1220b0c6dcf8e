namespace Kml.Mutants;

/// <summary>What became of a mutant.</summary>
/// <param name="Area">Where it is from: the headers, or the bodies.</param>
/// <param name="Rule">What was changed, as a row of the table.</param>
/// <param name="Id">Its name, which no other has.</param>
/// <param name="Killed">How it was found out; null if it was not.</param>
internal sealed record Verdict(string Area, string Rule, string Id, string? Killed)
{
    /// <summary>The compiler refused it, or warned of it.</summary>
    public const string Refused = "does not compile";

    /// <summary>It gave another result, trapped, or did not end.</summary>
    public const string Differs = "does something else";
}
