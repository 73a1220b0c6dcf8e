using System;

namespace Kml;

/// <summary>
/// Marks <c>static void Act(ref TFrom e, T prediction)</c>: what to do with a prediction. It may do only what its event allows;
/// what it asks for is carried out only while acting is switched on, and never on the held-out share. Of a classification it may take
/// <c>float probability</c> and <c>float margin</c> of the class behind the prediction.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PolicyAttribute : Attribute;
