using System;

namespace Kml;

/// <summary>
/// Marks <c>static void On(in TEvent e, ref TState s)</c>: the only writer of state. Integer code;
/// it runs at every observed event of a chosen device, under the state's lock.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UpdateAttribute : Attribute;
