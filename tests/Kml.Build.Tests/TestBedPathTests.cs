using System.IO;
using System.Linq;

using Kml.KmodGen;

using Shouldly;

using Xunit;

namespace Kml.Build.Tests;

public class TestBedPathTests
{
    [Fact]
    public void The_scripts_of_the_test_bed_refuse_the_paths_that_the_emitted_makefile_refuses()
    {
        string script = Path.Combine(Repository.Root, "eng/vm/kdir");
        foreach (char c in Enumerable.Range(1, 127).Select(c => (char)c).Append('é').Where(c => c is not ('/' or '\n')))
        {
            // A kernel that there is none of: what is let through fails all the same, without fetching anything.
            string cache = $"/nowhere/a{c}b";
            Outcome outcome = Command.Run(Repository.Root, "env", $"KML_CACHE={cache}", script, "none").Failed();
            outcome.Output.Contains("kbuild can take no path with white space or one of")
                .ShouldBe(KbuildPath.Faults(cache).Count > 0, $"U+{(int)c:x4}: {outcome.Output}");
        }
    }
}
