using System.Linq;
using Shouldly;
using Xunit;

namespace Kml.Structure.Tests;

/// <summary>A file is about one thing, and a folder about one concern: past these sizes they are about several.</summary>
public class SizeTests
{
    private const int MostLines = 300;
    private const int MostFiles = 20;

    [Fact]
    public void No_source_file_has_over_300_lines() =>
        SourceTree.Files.Select(f => (File: f, SourceTree.Lines(f).Length)).Where(f => f.Length > MostLines).ShouldBeEmpty();

    [Fact]
    public void No_folder_has_over_20_files_of_its_own() =>
        SourceTree.Folders.Select(f => (Folder: f, Count: SourceTree.FilesIn(f).Count())).Where(f => f.Count > MostFiles).ShouldBeEmpty();
}
