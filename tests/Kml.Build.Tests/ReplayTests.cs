using System;
using System.IO;
using System.Linq;

using Kml.Replay;

using Shouldly;

using Xunit;

namespace Kml.Build.Tests;

/// <summary>What eng/replay makes of two folders of emitted modules.</summary>
public sealed class ReplayTests : IDisposable
{
    private const string Fingerprint = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private readonly string _folder = Directory.CreateTempSubdirectory("kml-replay-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_same_text_is_no_difference()
    {
        Write("a", "predicting/wait/wait_main.c", "one\ntwo\n");
        Write("b", "predicting/wait/wait_main.c", "one\ntwo\n");

        Comparison comparison = Compare();

        comparison.Differences.ShouldBeEmpty();
        comparison.Report(examples: 3).ShouldBe("0 distinct differences in 0 of 1 model (1 file)\n");
    }

    [Fact]
    public void One_change_of_many_models_is_one_difference_whatever_they_are_called()
    {
        foreach (string model in new[] { "wait", "n0" })
        {
            string own = Fingerprint.Replace('0', model == "n0" ? '1' : '2');
            Write("a", $"predicting/{model}/{model}_main.c", $"/* {own} */\nvoid kml_{model}_one(void);\n");
            Write("b", $"predicting/{model}/{model}_main.c", $"/* {own} */\nvoid kml_{model}_two(void);\n");
        }

        Difference difference = Compare().Differences.ShouldHaveSingleItem();

        difference.File.ShouldBe("predicting/<model>/<model>_main.c");
        difference.Models.ShouldBe(["n0", "wait"]);
        difference.Text.ShouldBe(" /* <fingerprint> */\n-void kml_<model>_one(void);\n+void kml_<model>_two(void);\n");
    }

    [Fact]
    public void Another_fingerprint_is_no_difference()
    {
        Write("a", "predicting/wait/wait_main.c", $"/* {Fingerprint} */\nvoid kml_wait(void);\n");
        Write("b", "predicting/wait/wait_main.c", $"/* {Fingerprint.Replace('0', '1')} */\nvoid kml_wait(void);\n");

        Compare().Differences.ShouldBeEmpty();
    }

    [Fact]
    public void A_line_that_moved_is_a_difference()
    {
        Write("a", "predicting/wait/wait_main.c", "lock();\nset();\n");
        Write("b", "predicting/wait/wait_main.c", "set();\nlock();\n");

        Compare().Differences.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_file_of_one_side_alone_and_bytes_are_differences_too()
    {
        Write("a", "collecting/wait/old.h", "gone\n");
        Write("b", "collecting/wait/new.h", "come\n");
        Write("a", "collecting/wait/wait_weights.bin", "\0\u0001");
        Write("b", "collecting/wait/wait_weights.bin", "\0\u0002");

        Compare().Differences.Select(d => (d.File, d.Text)).ShouldBe(
        [
            ("collecting/<model>/<model>_weights.bin", "bytes that are no text differ\n"),
            ("collecting/<model>/new.h", "only after\n"),
            ("collecting/<model>/old.h", "only before\n"),
        ]);
    }

    [Fact]
    public void A_report_shows_some_of_each_file_and_counts_the_rest()
    {
        for (int i = 0; i < 4; i++)
        {
            Write("a", $"predicting/m{i}/x.c", $"{i}\n");
            Write("b", $"predicting/m{i}/x.c", $"{i}{i}\n");
        }

        string report = Compare().Report(examples: 1);

        report.ShouldContain("== predicting/<model>/x.c: 1 model, ");
        report.ShouldContain("== predicting/<model>/x.c: 3 more\n");
        report.ShouldEndWith("4 distinct differences in 4 of 4 models (4 files)\n");
    }

    private Comparison Compare() => Comparison.Of(Path.Combine(_folder, "a"), Path.Combine(_folder, "b"));

    private void Write(string side, string path, string text)
    {
        foreach (string each in new[] { "a", "b" })
            Directory.CreateDirectory(Path.Combine(_folder, each));
        string file = Path.Combine(_folder, side, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
