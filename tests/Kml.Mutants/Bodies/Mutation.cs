namespace Kml.Mutants.Bodies;

/// <summary>What a rule makes of a part of a C tree.</summary>
/// <param name="Family">What the rule is about.</param>
/// <param name="Rule">The rule.</param>
/// <param name="By">What stands instead.</param>
internal readonly record struct Mutation<T>(string Family, string Rule, T By);
