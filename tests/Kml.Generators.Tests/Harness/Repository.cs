using System;
using System.IO;

namespace Kml.Generators.Tests.Harness;

/// <summary>The repository that the tests were built in.</summary>
internal static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static readonly string Root = Find();

    private static string Find()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "KmlCompiler.sln")))
            directory = directory.Parent;
        return directory.FullName;
    }
}
