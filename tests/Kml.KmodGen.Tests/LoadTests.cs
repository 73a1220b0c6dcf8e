using System;
using System.Linq;
using System.Text.RegularExpressions;
using Kml.KmodGen.Targets;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.KmodGen.Tests;

/// <summary>Loading that fails at its last step, against unloading: what user space may have begun by then is ended by both.</summary>
public partial class LoadTests
{
    [Fact]
    public void A_failed_load_ends_what_unloading_ends()
    {
        string main = Renderer.Render(KernelModule.Instance, SourceModels.Named("QueueWait"), weights: null, "1.2.3")
            .Single(f => f.Path == "kml_main.c").Text();

        string[] failed = Calls(main, "probes:\n", "\treturn err;");
        failed.ShouldContain("kml_collect_exit");
        failed.ShouldBe(Calls(main, "\tmisc_deregister(&misc_device);\n", "}\n"));
    }

    private static string[] Calls(string text, string after, string before)
    {
        int start = text.IndexOf(after, StringComparison.Ordinal) + after.Length;
        return [.. Call().Matches(text[start..text.IndexOf(before, start, StringComparison.Ordinal)]).Select(m => m.Groups[1].Value)];
    }

    [GeneratedRegex(@"^\t(\w+)\(\);", RegexOptions.Multiline)]
    private static partial Regex Call();
}
