using System;

namespace Kml;

/// <summary>
/// Marks <c>static bool Verdict(in TFrom e, T value)</c>: the yes or no that a predicted or an actual label stands for,
/// and on which accuracy is counted (for example "will miss its expiry").
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class VerdictAttribute : Attribute;
