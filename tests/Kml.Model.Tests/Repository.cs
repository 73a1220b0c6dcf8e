using System;
using System.IO;
using Shouldly;

namespace Kml.Model.Tests;

/// <summary>The repository that the tests were built in.</summary>
internal static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>Reads a page of the documentation.</summary>
    /// <param name="name">Its name below <c>docs</c>: <c>module.md</c>.</param>
    /// <returns>Its text.</returns>
    public static string Page(string name) => File.ReadAllText(Path.Combine(Root, "docs", name));

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "KmlCompiler.sln")))
            folder = folder.Parent;
        return folder.ShouldNotBeNull().FullName;
    }
}
