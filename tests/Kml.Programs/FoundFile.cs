using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Kml.KmodGen.Bodies;
using Kml.Programs.Trial;

namespace Kml.Programs;

/// <summary>A program that differs, as a C# file of its own that says at its top which, on what, and how.</summary>
/// <param name="Model">The name of its model.</param>
/// <param name="Role">What its method is for.</param>
/// <param name="Input">What it runs on.</param>
/// <param name="Source">The file.</param>
internal sealed record FoundFile(string Model, BodyRole Role, NamedInput Input, string Source)
{
    private const string Method = "// method: ", Bits = "// input: ";

    /// <summary>The file's text.</summary>
    /// <param name="path">Where it will be.</param>
    /// <param name="comment">What it says at its top.</param>
    public string Text(string path, IEnumerable<string> comment)
    {
        StringBuilder text = new();
        foreach (string line in comment)
            text.Append("// ").Append(line.ReplaceLineEndings("\n// ")).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"// again: eng/test-programs again {path}\n{Method}{Model} {Role}\n");
        foreach ((string name, ulong bits) in Input.Bits)
            text.Append(CultureInfo.InvariantCulture, $"{Bits}{name} = 0x{bits:x}\n");
        return text.Append(Source).ToString();
    }

    /// <summary>Reads such a file.</summary>
    /// <param name="path">Where it is.</param>
    public static FoundFile Read(string path)
    {
        string source = File.ReadAllText(path);
        string[] lines = source.Split('\n');
        string[] method = lines.Single(l => l.StartsWith(Method, StringComparison.Ordinal))[Method.Length..].Split(' ');
        Dictionary<string, ulong> bits = lines.Where(l => l.StartsWith(Bits, StringComparison.Ordinal))
            .Select(l => l[Bits.Length..].Split(" = 0x"))
            .ToDictionary(p => p[0], p => ulong.Parse(p[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        return new(method[0], Enum.Parse<BodyRole>(method[1]), new(bits), source);
    }
}
