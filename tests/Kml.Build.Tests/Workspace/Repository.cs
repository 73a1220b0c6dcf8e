using System.IO;
using System.Linq;
using System.Reflection;

namespace Kml.Build.Tests;

/// <summary>Where the tests find what they test.</summary>
internal static class Repository
{
    public static string Root { get; } = Metadata("RepoRoot");

    public static string Configuration { get; } = Metadata("Configuration");

    public static string Targets { get; } = Path.Combine(Root, "kmod-gen/Kml.Build/build/KmlCompiler.targets");

    /// <summary>The folder of the built task, with a slash at its end.</summary>
    public static string TaskPath { get; } = Path.Combine(Root, $"kmod-gen/Kml.Build/bin/{Configuration}/net10.0/");

    public static string Generator { get; } = Path.Combine(Root, $"generators/Kml.Generators/bin/{Configuration}/netstandard2.0/Kml.Generators.dll");

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
