using System;

namespace IssueTimeSample.Demo;

/// <summary>Something did not hold that the demo shows.</summary>
internal sealed class DemoException(string message) : Exception(message);
