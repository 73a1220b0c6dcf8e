using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Kml.Model;
using Shouldly;
using Xunit;

namespace Kml.Runtime.Tests;

/// <summary>Compiles the header that the module is built with, and compares every number in it with this library's.</summary>
public class AbiHeaderTests
{
    [Fact]
    public void The_header_of_the_module_and_this_library_agree()
    {
        Dictionary<string, ulong> ours = Ours();
        Dictionary<string, ulong> theirs = Compile(ours.Keys);
        foreach ((string expression, ulong value) in ours)
            theirs[expression].ShouldBe(value, expression);
    }

    private static Dictionary<string, ulong> Ours()
    {
        Dictionary<string, ulong> values = new()
        {
            ["KML_ABI_VERSION"] = ModuleAbi.Version,
            ["KML_MAGIC"] = ModuleAbi.Magic,
            ["KML_IOC_TYPE"] = ModuleAbi.IoctlType,
            ["KML_IOC_INFO"] = ModuleAbi.GetInfo,
            ["KML_IOC_WATERMARK"] = ModuleAbi.SetWatermark,

            // The same two, as the kernel's own macros make them.
            ["_IOR(KML_IOC_TYPE, 1, struct kml_info)"] = ModuleAbi.GetInfo,
            ["_IOW(KML_IOC_TYPE, 2, u32)"] = ModuleAbi.SetWatermark,
            ["KML_PREDICTED"] = (ulong)RecordFlags.Predicted,
            ["KML_LABEL_VALID"] = (ulong)RecordFlags.LabelValid,
            ["KML_WOULD_ACT"] = (ulong)RecordFlags.WouldAct,
            ["KML_ACTED"] = (ulong)RecordFlags.Acted,
            ["KML_HELD_OUT"] = (ulong)RecordFlags.HeldOut,
            ["KML_VERDICT"] = (ulong)RecordFlags.Verdict,
            ["KML_LABEL_VERDICT"] = (ulong)RecordFlags.LabelVerdict,
            ["KML_FORMAT_NONE"] = (ulong)PredictionFormat.None,
            ["KML_FORMAT_FLOAT"] = (ulong)PredictionFormat.Float,
            ["KML_FORMAT_INTEGER"] = (ulong)PredictionFormat.Integer,
            ["sizeof(struct kml_record_header)"] = RecordHeader.Size,
            ["offsetof(struct kml_record_header, sequence)"] = RecordHeader.SequenceOffset,
            ["offsetof(struct kml_record_header, weights_version)"] = RecordHeader.WeightsVersionOffset,
            ["offsetof(struct kml_record_header, device)"] = RecordHeader.DeviceOffset,
            ["offsetof(struct kml_record_header, prediction)"] = RecordHeader.PredictionOffset,
            ["offsetof(struct kml_record_header, label)"] = RecordHeader.LabelOffset,
            ["offsetof(struct kml_record_header, inclusion)"] = RecordHeader.InclusionOffset,
            ["offsetof(struct kml_record_header, flags)"] = RecordHeader.FlagsOffset,
            ["offsetof(struct kml_record_header, format)"] = RecordHeader.FormatOffset,
            ["offsetof(struct kml_record_header, reason)"] = RecordHeader.ReasonOffset,
            ["offsetof(struct kml_record_header, predict_ns)"] = RecordHeader.PredictNsOffset,
        };
        AddStruct<InfoPage>(values, "kml_info");
        AddStruct<ProducerLine>(values, "kml_producer");
        AddStruct<ConsumerLine>(values, "kml_consumer");
        foreach (EventInfo info in EventCatalog.All)
        {
            values[$"KML_{info.Word.ToUpperInvariant()}"] = info.Number;
            values[$"sizeof(struct kml_{info.Word})"] = (ulong)info.Layout.Size;
            foreach (PlacedField field in info.Layout.Fields)
                values[$"offsetof(struct kml_{info.Word}, {SnakeCase(field.Field.Name)})"] = (ulong)field.Offset;
        }

        return values;
    }

    private static void AddStruct<T>(Dictionary<string, ulong> values, string name)
        where T : unmanaged
    {
        values[$"sizeof(struct {name})"] = (ulong)Unsafe.SizeOf<T>();
        foreach (System.Reflection.FieldInfo field in typeof(T).GetFields().Where(f => !f.IsLiteral))
            values[$"offsetof(struct {name}, {SnakeCase(field.Name)})"] = (ulong)Marshal.OffsetOf<T>(field.Name);
    }

    private static Dictionary<string, ulong> Compile(IEnumerable<string> expressions)
    {
        string folder = Directory.CreateTempSubdirectory("kml-abi-").FullName;
        try
        {
            string[] names = [.. expressions];
            StringBuilder source = new("#include <stddef.h>\n#include <stdio.h>\n#include <linux/ioctl.h>\n#include \"kml_abi.h\"\nint main(void)\n{\n");
            foreach (string name in names)
                source.Append(CultureInfo.InvariantCulture, $"\tprintf(\"%llu\\n\", (unsigned long long)({name}));\n");
            source.Append("\treturn 0;\n}\n");
            string program = Path.Combine(folder, "abi");
            File.WriteAllText(program + ".c", source.ToString());
            Run("gcc", "-Wall", "-Wextra", "-Werror", "-I", Path.Combine(RepositoryRoot(), "templates", "module"), "-o", program, program + ".c");
            string[] lines = Run(program).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return names.Zip(lines, (n, l) => (n, ulong.Parse(l, CultureInfo.InvariantCulture))).ToDictionary();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, errors.Result);
        return output;
    }

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "_") + char.ToLowerInvariant(c) : c.ToString()));

    private static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "KmlCompiler.sln")))
            folder = folder.Parent;
        return folder.ShouldNotBeNull().FullName;
    }
}
