using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Kml.KmodGen.Targets;
using Kml.Model;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.KmodGen.Tests;

/// <summary>
/// Every character that may stand in a folder's name: a module is built there, or refused in one sentence, and nothing is run in passing.
/// In kbuild's place stands what hands the path to a shell as it is; that kbuild takes what is let through, tests/kernel/suites/build shows.
/// </summary>
public sealed class KbuildPathTests : IDisposable
{
    // Found by a shell in whose sight the name falls apart.
    private const string Command = "kml-intruder";
    private static readonly string[] Names = ["KDIR", "O", "INSTALL_MOD_PATH", "INSTALL_MOD_DIR"];
    private static readonly char[] Characters =
        [.. Enumerable.Range(1, 127).Select(c => (char)c).Where(c => c != '/' && !char.IsAsciiLetterOrDigit(c)), '0', 'z', 'é', '中'];

    private readonly string _folder = Directory.CreateTempSubdirectory("kml-path-").FullName;
    private readonly string _kernel;
    private readonly string _makefile;

    public KbuildPathTests()
    {
        _kernel = Path.Combine(_folder, "kernel");
        _makefile = Renderer.Render(KernelModule.Instance, SourceModels.Named("QueueWait"), null, "1.2.3").Single(f => f.Path == "Makefile").Text();
        Write(_kernel, "Makefile", "modules modules_install clean:\n\techo done >$(M)/$@$(INSTALL_MOD_PATH)\n");
        AddCommand(Command, $"echo \"$0\" >{_folder}/intruded");
    }

    public static TheoryData<string> Variables => new(Names);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_s_name_is_built_in_or_refused()
    {
        foreach (char c in Characters)
        {
            string folder = Path.Combine(_folder, $"a{c}{Command}{c}b");
            Write(folder, "Makefile", _makefile);
            (int status, string output) = Make(folder, [], $"KDIR={_kernel}");

            Judge(c, folder, "CURDIR", status, output, File.Exists(Path.Combine(folder, "modules")));
        }
    }

    [Theory]
    [MemberData(nameof(Variables))]
    public void So_is_a_path_that_a_variable_gives(string variable)
    {
        string folder = Path.Combine(_folder, "module");
        Write(folder, "Makefile", _makefile);
        foreach (char c in Characters)
        {
            string path = Path.Combine(_folder, $"a{c}{Command}{c}b");
            if (KbuildPath.Faults(path).Count == 0)
                continue;
            (int status, string output) = Make(folder, [], $"KDIR={_kernel}", $"{variable}={path}");
            Judge(c, path, variable, status, output, built: false);
        }
    }

    [Theory]
    [InlineData("$(shell {0})")]
    [InlineData("`{0}`")]
    [InlineData("$({0})")]
    [InlineData("a;{0}")]
    [InlineData("a b\n\t{0}")]
    public void No_command_is_run_from_a_path_however_it_comes_in(string pattern)
    {
        string name = string.Format(CultureInfo.InvariantCulture, pattern, Command);
        string folder = Path.Combine(_folder, name), plain = Path.Combine(_folder, "module");
        Write(folder, "Makefile", _makefile);
        Write(plain, "Makefile", _makefile);
        foreach (string target in new[] { "modules", "install", "clean" })
        {
            Judge('$', folder, "CURDIR", Make(folder, [], $"KDIR={_kernel}", target), built: false);
            Judge('$', folder, "KDIR", Make(plain, [], $"KDIR={folder}", target), built: false);
            foreach (string variable in Names)
                Judge('$', folder, variable, Make(plain, [new(variable, folder)], target), built: false);
        }
    }

    [Fact]
    public void What_dkms_evaluates_quotes_the_path()
    {
        string conf = Write(
            _folder,
            "dkms.conf",
            Renderer.Render(KernelModule.Instance, SourceModels.Named("QueueWait"), null, "1.2.3").Single(f => f.Path == "dkms.conf").Text());
        AddCommand("make", "printf '%s\\n' \"$@\"");
        foreach (char c in Characters.Where(c => c != '\n'))
        {
            string source = $"/lib/a{c}{Command}{c}b";
            (_, string output) = Run("bash", _folder, [new("kernel_source_dir", source)], "-c", $". {conf}; eval \"${{MAKE[0]}}\"; eval \"$CLEAN\"");
            output.ShouldBe($"KDIR={source}\nKDIR={source}\nclean\n");
        }

        Intruded().ShouldBeFalse();
    }

    [Fact]
    public void Other_weights_are_another_version_to_dkms()
    {
        ModelSpec model = SourceModels.Named("QueueWait");
        WeightsFile weights = SampleWeights.For(model);
        WeightsFile retrained = new(
            weights.Metadata.Select(m => m.Key == WeightsFile.VersionKey ? KeyValuePair.Create(m.Key, "7") : m), weights.Tensors);
        Version(null).ShouldBe("1.2.3-w0");
        Version(weights).ShouldBe(FormattableString.Invariant($"1.2.3-w{weights.Version}"));
        Version(retrained).ShouldBe("1.2.3-w7");

        string Version(WeightsFile? of)
        {
            IReadOnlyList<EmittedFile> files = Renderer.Render(KernelModule.Instance, model, of, "1.2.3");
            string conf = Write(_folder, "dkms.conf", files.Single(f => f.Path == "dkms.conf").Text());
            string version = Run("bash", _folder, [new("kernel_source_dir", "/k")], "-c", $". {conf}; printf %s \"$PACKAGE_VERSION\"").Output;
            files.Single(f => f.Path == "kml_model.h").Text().ShouldContain($"#define KML_MODULE_VERSION\t\"{version}\"");
            return version;
        }
    }

    private void Judge(char c, string path, string variable, (int Status, string Output) made, bool built) =>
        Judge(c, path, variable, made.Status, made.Output, built);

    private void Judge(char c, string path, string variable, int status, string output, bool built)
    {
        string character = $"U+{(int)c:x4} in {variable}: {output}";
        Intruded().ShouldBeFalse(character);
        IReadOnlyList<string> faults = KbuildPath.Faults(path);
        built.ShouldBe(faults.Count == 0, character);
        (status == 0).ShouldBe(faults.Count == 0, character);
        if (faults.Count == 0)
            return;
        output.ShouldContain(
            $"kml_queue_wait: kbuild can take no path with: {string.Join(' ', faults)} ({variable} is {path}). Choose another folder",
            customMessage: character);
        output.ShouldContain("for CURDIR, set KmlOutputPath or copy this one", customMessage: character);
    }

    private void AddCommand(string name, string script) =>
        Run("chmod", _folder, [], "+x", Write(Path.Combine(_folder, "bin"), name, $"#!/bin/sh\n{script}\n")).Status.ShouldBe(0);

    private bool Intruded() => File.Exists(Path.Combine(_folder, "intruded"));

    private (int Status, string Output) Make(string folder, KeyValuePair<string, string>[] environment, params string[] arguments) =>
        Run("make", folder, environment, arguments);

    private (int Status, string Output) Run(string command, string folder, KeyValuePair<string, string>[] environment, params string[] arguments)
    {
        ProcessStartInfo start = new(command, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = Path.Combine(_folder, "bin") + ":" + start.Environment["PATH"];
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    private static string Write(string folder, string name, string text)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
