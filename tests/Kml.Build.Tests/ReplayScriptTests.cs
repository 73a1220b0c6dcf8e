using System;
using System.IO;

using Shouldly;

using Xunit;

namespace Kml.Build.Tests;

/// <summary>What eng/replay does around the builds, which stand-ins say to have made.</summary>
public sealed class ReplayScriptTests : IDisposable
{
    // What a commit's tree has of models.
    private static readonly string[] Tree =
    [
        "eng/Replay/Models/Program.cs",
        "tests/kernel/models/WaitTime.cs",
        "tests/kernel/models/ServiceTime.cs",
        "tests/kernel/models/Outcome.cs",
        "tests/kernel/models/Backlog.cs",
        "tests/Kml.TestSupport/Models/QueueWait.cs",
        "samples/IssueTime/Model.cs",
        "samples/IssueTime/Deadline.cs",
    ];

    private readonly StandIns _standIns = new();

    public ReplayScriptTests()
    {
        _standIns.Copy("eng/replay");
        _standIns.Copy("eng/copy-tree");
        foreach (string file in Tree)
            _standIns.Script($"commit/{file}", "");
        _standIns.Script("bin/git", $$"""
            #!/bin/sh
            case $1 in
            rev-parse) echo {{new string('c', 40)}} ;;
            archive) tar -c -C '{{Path.Combine(_standIns.Folder, "commit")}}' . ;;
            esac

            """);
        _standIns.Script("bin/dotnet", """
            #!/bin/sh
            case "$1 $2" in
            build*ReplayModels.csproj) mkdir -p "${2%/*}/bin/kmod/m" && ls "${2%/*}/weights" >"${2%/*}/bin/kmod/m/m_weights.c" 2>&1 || : ;;
            *.dll*weights) mkdir -p "$3" && touch "$3/m.safetensors" ;;
            *.dll*compare) exec diff -r "$3" "$4" ;;
            esac

            """);
    }

    public void Dispose() => _standIns.Dispose();

    [Fact]
    public void A_commit_can_be_compared_with_itself()
    {
        Outcome outcome = _standIns.Run("eng/replay", "HEAD", "HEAD").Succeeded();

        outcome.Output.ShouldEndWith("all of them: artifacts/replay/differences.txt\n");
        File.ReadAllText(Path.Combine(_standIns.Folder, "artifacts/replay/b/predicting/m/m_weights.c")).ShouldBe("m.safetensors\n");
    }

    [Fact]
    public void What_it_emitted_before_is_taken_again()
    {
        _standIns.Run("eng/replay", "HEAD", "HEAD").Succeeded();

        _standIns.Run("eng/replay", "HEAD", "HEAD").Succeeded().Output.Split("as emitted before").Length.ShouldBe(3);
    }
}
