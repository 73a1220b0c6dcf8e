using System.Globalization;
using System.IO;

namespace IssueTimeSample.Demo;

/// <summary>The memory that the kernel holds for a module while it is loaded, whole pages, without its rings.</summary>
internal sealed record LoadedBytes(long Bytes)
{
    public static string File(string model) => $"loaded.{model}.json";

    public static LoadedBytes Of(string model) =>
        new(long.Parse(System.IO.File.ReadAllText(Path.Combine("/sys/module", "kml_" + model, "coresize")), CultureInfo.InvariantCulture));
}
