using System;

namespace Kml;

/// <summary>
/// Marks <c>static bool Verdict(in TFrom e, T value)</c>: the yes or no that a predicted or an actual label stands for,
/// and on which accuracy is counted (for example "will miss its expiry"). Of a classification it may take <c>float probability</c> and
/// <c>float margin</c> of the class behind the value; those of an actual label are 1 and infinity.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class VerdictAttribute : Attribute;
