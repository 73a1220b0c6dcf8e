using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Kml.KmodGen;
using Kml.KmodGen.Targets;
using Kml.Model;
using Shouldly;
using Spectre.Console;
using Xunit;

namespace Kml.Cli.Tests;

public class ExplainTests
{
    public static IEnumerable<object[]> Ids => SourceRules.All.Concat(ModelRules.All).Concat(BuildRules.All).Select(r => new object[] { r.Id, r.Title });

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_diagnostic_is_explained_and_listed(string id, string title)
    {
        (int status, string page, string errors) = Run("explain", id);
        errors.ShouldBeEmpty();
        status.ShouldBe(0);
        page.ShouldStartWith($"# {id}: {title}\n");
        page.ShouldContain("\n## Remedy\n");
        Run("explain", id.ToLowerInvariant()).Output.ShouldBe(page);

        Run("explain").Output.Split('\n').ShouldContain(l => l.Contains(id, StringComparison.Ordinal) && l.Contains(title, StringComparison.Ordinal));
    }

    [Fact]
    public void One_that_does_not_exist_is_refused()
    {
        (int status, string output, string errors) = Run("explain", "KML9999");
        status.ShouldBe(1);
        output.ShouldBeEmpty();
        errors.ShouldBe($"kml: There is no diagnostic 'KML9999'. 'kml explain' lists them.{Environment.NewLine}");
    }

    [Fact]
    public void A_line_of_an_emitted_file_names_its_template_and_what_of_the_users_it_says()
    {
        IReadOnlyList<EmittedFile> files = Renderer.Render(KernelModule.Instance, DeclaredModels.One(new FileInfo(OwnAssembly), "depth"), null, "1.2.3");
        string[] lines = files.Single(f => f.Path == "depth_body.h").Text().Split('\n');
        int line = Array.FindIndex(lines, l => l.Contains("m_waiting", StringComparison.Ordinal)) + 1;

        (int status, string output, string errors) = Run("explain", OwnAssembly, $"depth_body.h:{line}");
        errors.ShouldBeEmpty();
        status.ShouldBe(0);
        output.ShouldStartWith(lines[line - 1].Trim() + Environment.NewLine);
        output.ShouldContain("  from templates/module/predict/body.h.sbn:");
        output.ShouldContain("  says method [Update] On(BioQueue e, state q)");
        Run("explain", OwnAssembly, "kml_counters.h:20").Output.ShouldContain("  for  group ");
    }

    [Fact]
    public void A_line_of_any_targets_file_is_explained()
    {
        ModelSpec model = DeclaredModels.One(new FileInfo(OwnAssembly), "depth");
        foreach (Target target in Target.All)
        {
            EmittedFile file = Renderer.Render(target, model, null, "1.2.3")[^1];
            string output = Run("explain", OwnAssembly, $"bin/{target.Word}/depth/{file.Path}:1").Output;
            output.ShouldContain($"  from {file.Origins[0].Template}:1{Environment.NewLine}");
        }
    }

    [Fact]
    public void A_line_that_there_is_not_is_refused()
    {
        Refuses("has no file 'absent.c', but: Kbuild, ", "absent.c:1");
        Refuses("Kbuild has ", "Kbuild:100000");
        Refuses("is no line of a file", "Kbuild");
        Refuses("is no line of a file", "Kbuild:0");
    }

    [Fact]
    public void A_file_that_was_changed_since_is_not_explained()
    {
        string folder = Directory.CreateTempSubdirectory("kml-explain").FullName, file = Path.Combine(folder, "depth_body.h");
        try
        {
            File.WriteAllText(file, "int changed;\n");
            Refuses("line 1 differs. Build the project again, or name the weights with --weights.", $"{file}:1");
            File.WriteAllText(
                file,
                Renderer.Render(KernelModule.Instance, DeclaredModels.One(new FileInfo(OwnAssembly), "depth"), null, "1.2.3")
                    .Single(f => f.Path == "depth_body.h").Text());
            Run("explain", OwnAssembly, $"{file}:1").Status.ShouldBe(0);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string OwnAssembly => typeof(Depth).Assembly.Location;

    private static void Refuses(string reason, string place)
    {
        (int status, string output, string errors) = Run("explain", OwnAssembly, place);
        status.ShouldBe(1);
        output.ShouldBeEmpty();
        errors.ShouldContain(reason);
    }

    private static (int Status, string Output, string Errors) Run(params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter errors = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No });
        console.Profile.Width = 160;
        return (Program.Run(arguments, console, errors), output.ToString(), errors.ToString());
    }
}
