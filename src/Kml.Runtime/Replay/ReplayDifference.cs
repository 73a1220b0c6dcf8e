namespace Kml.Runtime;

/// <summary>Something in a record that is another in C# than it was in the kernel.</summary>
/// <param name="Method">The method that gave it; null for the network, which is no method of the user's.</param>
/// <param name="Words">What it is in the kernel, and what in C#.</param>
public sealed record ReplayDifference(ReplayedMethod? Method, string Words);
