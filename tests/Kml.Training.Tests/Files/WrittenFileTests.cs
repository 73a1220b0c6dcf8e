using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;
using System.Text;
using System.Threading;
using Kml.Model;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Files;

/// <summary>Every writer of files, on every kind of thing that a path can name: what is there stays what it is, and has the new content.</summary>
[SupportedOSPlatform("linux")]
public sealed class WrittenFileTests : IDisposable
{
    private static readonly Dictionary<string, Action<string>> Writers = new()
    {
        ["weights"] = path => new WeightsFile([new("key", "value")], [WeightsTensor.Of("t", new float[70_000], 70_000)]).Write(path),
        ["samples"] = path => SamplesFile.Save(Rows(), path),
        ["csv"] = path => SamplesCsv.Write(Rows(), path),
        ["records"] = path => SyntheticRecords.Wait(500).Save(path),
        ["emitted"] = path => WholeFile.WriteIfDifferent(path, Encoding.UTF8.GetBytes("#include <linux/module.h>\n")),
        ["out of order"] = path =>
        {
            using WholeFile file = new(path, rewinds: true);
            file.Content.Write("head00tail"u8);
            file.Content.Position = 4;
            file.Content.Write("--"u8);
            file.Commit();
        },
    };

    private static readonly Dictionary<string, Func<string, Target>> Kinds = new()
    {
        ["nothing"] = folder => new(At(folder, "file")),
        ["nothing, nor a folder"] = folder => new(At(folder, "a/b/file")),
        ["a file"] = folder => new(Old(folder)),
        ["a file of the longest name"] = folder => new(Old(folder, new string('n', 255))),
        ["a private file"] = folder => new(Mode(Old(folder), UnixFileMode.UserRead | UnixFileMode.UserWrite)),
        ["a file of a mode that no mask gives"] = folder => new(Mode(Old(folder), (UnixFileMode)0b110_100_010)),
        ["a file of somebody else"] = folder => new(Owned(Old(folder))),
        ["a file with an access list"] = folder => new(Listed(Old(folder))),
        ["a link"] = folder => Linked(folder, Old(folder)),
        ["a link that is relative to its folder"] = folder =>
        {
            Directory.CreateDirectory(At(folder, "deep/er"));
            Directory.CreateSymbolicLink(At(folder, "short"), "deep/er");
            File.CreateSymbolicLink(At(folder, "deep/er/link"), "../file");
            return new(At(folder, "short/link")) { Behind = Old(folder, "deep/file") };
        },
        ["a link to a link"] = folder =>
        {
            Linked(folder, Mode(Old(folder), (UnixFileMode)0b110_000_000), "first");
            return Linked(folder, "first", "second") with { Behind = At(folder, "file") };
        },
        ["a link to nothing yet"] = folder => Linked(folder, At(folder, "file")),
        ["one of two names"] = folder =>
        {
            Posix.Call(Posix.Link(Old(folder), At(folder, "other")));
            return new(At(folder, "file")) { Behind = At(folder, "other") };
        },
        ["a descriptor"] = folder =>
        {
            FileStream open = File.OpenRead(Old(folder));
            return new($"/proc/{Environment.ProcessId}/fd/{open.SafeFileHandle.DangerousGetHandle()}") { Behind = At(folder, "file"), Open = open };
        },
        ["a pipe"] = folder => Pipe(folder),
        ["a link to a pipe"] = folder => Pipe(folder) with { Path = Linked(folder, At(folder, "pipe")).Path },
        ["a device"] = _ => new("/dev/null") { Keeps = false },
        ["a link to a device"] = folder => Linked(folder, "/dev/null") with { Keeps = false },
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("kml-files-").FullName;

    public static TheoryData<string, string> All
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (string writer in Writers.Keys)
            {
                foreach (string kind in Kinds.Keys)
                    data.Add(writer, kind);
            }

            return data;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(All))]
    public void What_is_written_to_stays_what_it_is(string writer, string kind)
    {
        string plain = Path.Combine(Directory.CreateDirectory(At(_folder, "plain")).FullName, "file");
        string folder = Directory.CreateDirectory(At(_folder, "kind")).FullName;
        Writers[writer](plain);
        Target target = Kinds[kind](folder);
        using FileStream? open = target.Open;
        string[] before = Entries(folder);
        bool there = Leads(target.Path);
        string? description = Described(target.Path, there);

        Writers[writer](target.Path);

        if (target.Reader is { } reader)
            Hang.Join("the pipe is read to its end", reader);
        if (target.Keeps)
            (target.Received?.ToArray() ?? File.ReadAllBytes(target.Behind ?? target.Path)).ShouldBe(File.ReadAllBytes(plain));
        if (description is not null)
            Described(target.Path, there).ShouldBe(description);
        Entries(folder).Except(before).ShouldBeSubsetOf(Made(kind));
        before.Except(Entries(folder)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a file")]
    [InlineData("a private file")]
    [InlineData("a link")]
    [InlineData("one of two names")]
    [InlineData("a descriptor")]
    public void What_was_there_stays_when_the_content_fails(string kind)
    {
        Target target = Kinds[kind](_folder);
        using FileStream? open = target.Open;
        string[] before = Entries(_folder);
        Should.Throw<InvalidOperationException>(() => WholeFile.Write(target.Path, stream =>
        {
            stream.Write(new byte[100_000]);
            throw new InvalidOperationException("the content fails");
        }));
        File.ReadAllText(target.Behind ?? target.Path).ShouldBe(new string('o', 3000));
        Entries(_folder).ShouldBe(before);
    }

    [Fact]
    public void Whether_it_can_be_written_is_found_out_without_a_trace()
    {
        foreach (string kind in Kinds.Keys)
        {
            string folder = Directory.CreateDirectory(At(_folder, kind)).FullName;
            Target target = Kinds[kind](folder);
            using FileStream? open = target.Open;
            string[] before = Entries(folder);
            bool there = Leads(target.Path);
            string? description = Described(target.Path, there);
            WholeFile.RequireWritable(target.Path);
            Described(target.Path, there).ShouldBe(description);
            Entries(folder).Except(["a", "a/b"]).ShouldBe(before);
            if (File.Exists(At(folder, "file")))
                File.ReadAllText(At(folder, "file")).ShouldBe(new string('o', 3000));
            if (target.Reader is not { } reader)
                continue;
            File.WriteAllText(target.Path, "");
            Hang.Join("the pipe is read to its end", reader);
        }
    }

    [Theory]
    [InlineData("folder", "is a folder, not a file")]
    [InlineData("file/inside", "")]
    [InlineData("circle", "symbolic links")]
    [InlineData("lost", "is a link to '/nowhere/at/all', which cannot be made. The folder '/nowhere/at' cannot be reached: No such file or directory.")]
    public void What_cannot_be_written_is_refused_with_the_reason(string name, string words)
    {
        Directory.CreateDirectory(At(_folder, "folder"));
        Old(_folder);
        File.CreateSymbolicLink(At(_folder, "circle"), "circle");
        File.CreateSymbolicLink(At(_folder, "lost"), "/nowhere/at/all");
        string[] before = Entries(_folder);
        foreach (Action<string> write in Writers.Values.Append(WholeFile.RequireWritable))
            Should.Throw<IOException>(() => write(At(_folder, name))).Message.ShouldContain(words);
        Entries(_folder).ShouldBe(before);
    }

    [Fact]
    public void A_full_device_is_said() => Should.Throw<IOException>(() => Writers["weights"]("/dev/full")).Message.ShouldContain("No space left on device");

    /// <summary>One mechanism. A log is appended to as it grows, and is no whole file.</summary>
    [Fact]
    public void No_code_writes_files_by_itself()
    {
        string root = Path.GetFullPath(Path.Combine(Folder(), "../../.."));
        string[] ways =
            ["File.Write", "File.Create", "File.Append", "File.Open(", "File.OpenWrite", "File.Move", "File.Replace", "File.Copy",
                "FileMode.", "new StreamWriter(path"];
        new[] { "src", "kmod-gen", "generators" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Where(file => ways.Any(File.ReadAllText(file).Replace("WholeFile.", "", StringComparison.Ordinal).Contains))
            .Select(file => Path.GetFileName(file)!)
            .ShouldBe(["WholeFile.cs", "EpochLog.cs", "MappedBytes.cs"], ignoreOrder: true);
    }

    private static string Folder([CallerFilePath] string source = "") => Path.GetDirectoryName(source)!;

    private static Samples Rows() => new(["depth"], [1, 2, 3], [0, 1, 0], 2);

    private static string At(string folder, string name) => Path.Combine(folder, name);

    private static IEnumerable<string> Made(string kind) => kind switch
    {
        "nothing" or "a link to nothing yet" => ["file"],
        "nothing, nor a folder" => ["a", "a/b", "a/b/file"],
        _ => [],
    };

    private static string[] Entries(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Select(entry => Path.GetRelativePath(folder, entry)).Order()];

    /// <summary>Kind, mode, owner, names and attributes of what is there, and those of what a link leads to, if it did.</summary>
    private static string? Described(string path, bool there)
    {
        if (!there && new FileInfo(path).LinkTarget is null)
            return null;
        using CCompiler tools = new();
        string status = tools.Run("stat", "-c", "%F %a %u %g %h %N", path).Replace("regular empty file", "regular file", StringComparison.Ordinal);
        if (!there)
            return status;
        string behind = tools.Run("stat", "-L", "-c", "%F %a %u %g %h", path).Replace("regular empty file", "regular file", StringComparison.Ordinal);
        return $"{status}{behind}{Convert.ToHexString(Posix.Attribute(path, "user.kml"))} "
            + $"{Convert.ToHexString(Posix.Attribute(path, "system.posix_acl_access"))}";
    }

    /// <summary>Whether there is something behind all links.</summary>
    private static bool Leads(string path) =>
        new FileInfo(path) is { LinkTarget: null } file ? file.Exists : File.ResolveLinkTarget(path, returnFinalTarget: true)!.Exists;

    private static string Old(string folder, string name = "file")
    {
        File.WriteAllText(At(folder, name), new string('o', 3000));
        return At(folder, name);
    }

    private static string Mode(string path, UnixFileMode mode)
    {
        File.SetUnixFileMode(path, mode);
        return path;
    }

    /// <summary>Who is not root may give nothing away: then it is a file of one's own.</summary>
    private static string Owned(string path)
    {
        if (Posix.User() == 0)
            Posix.Call(Posix.ChangeOwner(path, 12345, 54321));
        return path;
    }

    private static string Listed(string path)
    {
        // user::rw-, user:12345:r--, group::r--, mask::r--, other::---
        byte[] list = [2, 0, 0, 0, .. Entry(1, 6), .. Entry(2, 4, 12345), .. Entry(4, 4), .. Entry(0x10, 4), .. Entry(0x20, 0)];
        Posix.SetAttribute(path, "system.posix_acl_access", list);
        Posix.SetAttribute(path, "user.kml", [1, 2, 3]);
        return path;

        static byte[] Entry(short tag, short allowed, int id = -1) =>
            [.. BitConverter.GetBytes(tag), .. BitConverter.GetBytes(allowed), .. BitConverter.GetBytes(id)];
    }

    private static Target Linked(string folder, string to, string name = "link")
    {
        File.CreateSymbolicLink(At(folder, name), to);
        return new(At(folder, name)) { Behind = to };
    }

    private static Target Pipe(string folder)
    {
        string path = At(folder, "pipe");
        Posix.Call(Posix.MakePipe(path, 0b110_000_000));
        MemoryStream received = new();
        Thread reader = new(() =>
        {
            using FileStream from = File.OpenRead(path);
            from.CopyTo(received);
        });
        reader.Start();
        return new(path) { Reader = reader, Received = received };
    }

    private sealed record Target(string Path)
    {
        /// <summary>Where the content is to be, if not at the path itself.</summary>
        internal string? Behind { get; init; }

        /// <summary>Whether what is written can be read again.</summary>
        internal bool Keeps { get; init; } = true;

        internal FileStream? Open { get; init; }

        internal Thread? Reader { get; init; }

        internal MemoryStream? Received { get; init; }
    }
}
