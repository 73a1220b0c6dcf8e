using Kml.Runtime;

namespace Kml.Cli.Replay;

/// <summary>A record at which a replay ends.</summary>
/// <param name="Index">Its index.</param>
/// <param name="Method">The method that faults, or of which the kernel has another result; null for the network.</param>
/// <param name="Words">What is wrong there.</param>
internal sealed record RecordStop(long Index, ReplayedMethod? Method, string Words);
