using System;

namespace Kml;

/// <summary>
/// Marks <c>static T Label(in TFrom a, in TTo b)</c>: what the model learns to predict at the first event, known at the second.
/// T = <see cref="float"/>, <see cref="int"/> or <c>Q16</c> makes the model a regression; <see cref="bool"/> or an enum, a classification.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LabelAttribute : Attribute;
