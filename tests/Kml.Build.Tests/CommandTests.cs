using Shouldly;
using Xunit;

namespace Kml.Build.Tests;

/// <summary>A build that its server's client lost is told from one that failed.</summary>
public class CommandTests
{
    private const string Succeeded = "\nBuild succeeded.\n\n    1 Warning(s)\n    0 Error(s)\n\nTime Elapsed 00:00:07.61\n";

    [Theory]
    [InlineData(1, Succeeded, true)]
    [InlineData(0, Succeeded, false)]
    [InlineData(134, Succeeded, false)]
    [InlineData(1, "\nBuild FAILED.\n\n    0 Warning(s)\n    1 Error(s)\n", false)]
    [InlineData(1, Succeeded + "/a/b.csproj : error NU1101: There is no package.\n", false)]
    [InlineData(1, "", false)]
    public void A_build_that_succeeded_without_a_server_to_say_so(int status, string output, bool isLost) =>
        new Outcome("dotnet build", status, output).LostItsServer.ShouldBe(isLost);
}
