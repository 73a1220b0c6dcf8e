using System;
using System.IO;
using Shouldly;

namespace Kml.Model.Tests;

/// <summary>A page of the documentation.</summary>
internal static class DocsPage
{
    /// <summary>Reads it.</summary>
    /// <param name="name">Its name below <c>docs</c>: <c>module.md</c>.</param>
    /// <returns>Its text.</returns>
    public static string Read(string name)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "KmlCompiler.sln")))
            folder = folder.Parent;
        return File.ReadAllText(Path.Combine(folder.ShouldNotBeNull().FullName, "docs", name));
    }
}
