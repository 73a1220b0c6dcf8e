using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Kml.KmodGen;
using Kml.KmodGen.Targets;
using Kml.Model;
using Kml.Runtime.Abi;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.Runtime.Tests;

/// <summary>The rows of the ABI against both sides: the header that a module is built with, compiled, and the structs and numbers of this library.</summary>
public class AbiHeaderTests
{
    [Fact]
    public void The_header_of_the_module_says_what_the_rows_say()
    {
        Dictionary<string, ulong> rows = Rows();
        Dictionary<string, ulong> header = Compile(rows.Keys);
        foreach ((string expression, ulong value) in rows)
            header[expression].ShouldBe(value, expression);
    }

    // Before C23 bool is made here, from C23 on the compiler's. A compiler that is older than C23 is told so.
    [Theory]
    [InlineData("-std=c11")]
    [InlineData("-std=c11", "-include", "keyword.h", "-U__STDC_VERSION__", "-D__STDC_VERSION__=202311L")]
    public void The_header_compiles_in_every_C(params string[] flags)
    {
        using CCompiler compiler = new();
        IReadOnlyList<EmittedFile> files = Renderer.Render(KernelModule.Instance, ModelText.Read(Waits.CanonicalText), weights: null, "1.2.3");
        foreach (EmittedFile file in files.Where(f => f.Path is "kml_abi.h" or "kml_types.h"))
            compiler.Add(file.Path, file.Content);

        // As good as a keyword: it cannot be declared again.
        compiler.Add("keyword.h", "enum { bool };\n");
        compiler.Add("abi.c", "#include \"kml_abi.h\"\n");
        compiler.Run("gcc", [.. flags, "-I.", "-fsyntax-only", "abi.c"]);
    }

    [Fact]
    public void The_structs_of_this_library_lie_as_the_rows_say()
    {
        Check<InfoPage>(AbiCatalog.Info);
        Check<ProducerLine>(AbiCatalog.Producer);
        Check<ConsumerLine>(AbiCatalog.Consumer);

        Type header = typeof(RecordHeader);
        RecordHeader.Size.ShouldBe(AbiCatalog.RecordHeader.Size);
        foreach ((string field, int offset) in AbiCatalog.RecordHeader.Offsets.Where(o => !o.Key.StartsWith("Reserved", StringComparison.Ordinal)))
            header.GetField(field + "Offset").ShouldNotBeNull(field).GetRawConstantValue().ShouldBe(offset, field);
        header.GetFields().Count(f => f.Name.EndsWith("Offset", StringComparison.Ordinal))
            .ShouldBe(AbiCatalog.RecordHeader.Fields.Count(f => !f.Name.StartsWith("Reserved", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_enums_of_this_library_have_the_numbers_of_the_rows()
    {
        Numbers<RecordFlags>().ShouldBe(AbiCatalog.RecordFlags.Select(f => (f.Name, f.Value)));
        Numbers<PredictionFormat>().ShouldBe(AbiCatalog.Formats.Select(f => (f.Name, f.Value)).Where(f => f.Value != 0));
        PredictionFormat.None.ShouldBe((PredictionFormat)AbiCatalog.Formats[0].Value);
        EventCatalog.Families.ShouldHaveSingleItem().Flags.Select(f => (f.Name, f.Value)).ShouldBe(Numbers<IoFlags>());
    }

    private static IEnumerable<(string Name, uint Value)> Numbers<T>()
        where T : struct, Enum =>
        Enum.GetValues<T>().Select(v => (v.ToString(), Convert.ToUInt32(v, CultureInfo.InvariantCulture))).Where(v => v.Item2 != 0);

    private static Dictionary<string, ulong> Rows()
    {
        Dictionary<string, ulong> values = new()
        {
            ["KML_ABI_VERSION"] = AbiCatalog.Version,
            ["KML_MAGIC"] = AbiCatalog.Magic,
            ["KML_IOC_TYPE"] = AbiCatalog.RequestType,

            // As the kernel's own macros make them.
            ["_IOR(KML_IOC_TYPE, 1, struct kml_info)"] = AbiCatalog.GetInfo.Code,
            ["_IOW(KML_IOC_TYPE, 2, u32)"] = AbiCatalog.SetWatermark.Code,
        };
        foreach (AbiRequest request in AbiCatalog.Requests)
            values["KML_IOC_" + Upper(request.Name)] = request.Code;
        foreach (AbiNumber flag in AbiCatalog.RecordFlags)
            values["KML_" + Upper(flag.Name)] = flag.Value;
        foreach (AbiNumber format in AbiCatalog.Formats)
            values["KML_FORMAT_" + Upper(format.Name)] = format.Value;
        foreach (FlagInfo flag in EventCatalog.Families.SelectMany(f => f.Flags))
            values["KML_IO_" + Upper(flag.Name)] = flag.Value;
        foreach (AbiStruct row in AbiCatalog.Structs)
        {
            values[$"sizeof(struct kml_{row.Word})"] = (ulong)row.Size;
            foreach ((string field, int offset) in row.Offsets)
                values[$"offsetof(struct kml_{row.Word}, {SnakeCase(field)})"] = (ulong)offset;
        }

        foreach (EventInfo info in EventCatalog.All)
        {
            values["KML_" + info.Word.ToUpperInvariant()] = info.Number;
            values[$"sizeof(struct kml_{info.Word})"] = (ulong)info.Layout.Size;
            foreach (PlacedField field in info.Layout.Fields)
                values[$"offsetof(struct kml_{info.Word}, {SnakeCase(field.Field.Name)})"] = (ulong)field.Offset;
        }

        return values;
    }

    private static void Check<T>(AbiStruct row)
        where T : unmanaged
    {
        Unsafe.SizeOf<T>().ShouldBe(row.Size, row.Word);
        typeof(T).GetFields().Where(f => !f.IsLiteral).Select(f => (f.Name, (int)Marshal.OffsetOf<T>(f.Name)))
            .ShouldBe(row.Fields.Select(f => (f.Name, row.Offsets[f.Name])), row.Word);
    }

    private static Dictionary<string, ulong> Compile(IEnumerable<string> expressions)
    {
        using CCompiler compiler = new();
        string[] names = [.. expressions];
        StringBuilder source = new("#include <stddef.h>\n#include <stdio.h>\n#include <linux/ioctl.h>\n#include \"kml_abi.h\"\nint main(void)\n{\n");
        foreach (string name in names)
            source.Append(CultureInfo.InvariantCulture, $"\tprintf(\"%llu\\n\", (unsigned long long)({name}));\n");
        source.Append("\treturn 0;\n}\n");
        compiler.Add("abi.c", source.ToString());
        IEnumerable<EmittedFile> files = Renderer.Render(KernelModule.Instance, ModelText.Read(Waits.CanonicalText), weights: null, "1.2.3");
        foreach (EmittedFile file in files.Where(f => f.Path is "kml_abi.h" or "kml_types.h"))
            compiler.Add(file.Path, file.Content);
        compiler.Run("gcc", [.. CCompiler.Strict, "-o", "abi", "abi.c"]);
        string[] lines = compiler.Run("sh", "-c", "./abi").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return names.Zip(lines, (n, l) => (n, ulong.Parse(l, CultureInfo.InvariantCulture))).ToDictionary();
    }

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "_") + char.ToLowerInvariant(c) : c.ToString()));

    private static string Upper(string name) => SnakeCase(name).ToUpperInvariant();
}
