using System;

[assembly: Xunit.AssemblyFixture(typeof(Kml.Build.Tests.EndingServers))]

namespace Kml.Build.Tests;

/// <summary>Ends the build servers behind the last test.</summary>
public sealed class EndingServers : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => BuildServers.End();
}
