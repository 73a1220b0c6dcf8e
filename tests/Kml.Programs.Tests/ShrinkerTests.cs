using System;
using System.IO;
using System.Linq;
using Kml.Programs.Trial;
using Shouldly;
using Xunit;

namespace Kml.Programs.Tests;

/// <summary>What differs is made small: with a fault planted in the C of a file of programs, and of each a C# file comes that shows it.</summary>
public class ShrinkerTests
{
    private const int Seed = 1_000_000;

    // Of some 80,000. The attributes and methods that every model has are half of it.
    private const int MostCharacters = 1500;

    [Fact]
    public void A_planted_fault_is_found_and_made_small()
    {
        static string Plant(string c) => c.Replace("(u8)", "(u16)", StringComparison.Ordinal);
        Difference difference = ProgramSet.Run(Seed, Plant, [Flavour.All[0]]).Differences[0];

        FoundFile file = FoundProgram.Shrunk(difference, Plant);

        string folder = Directory.CreateTempSubdirectory("kml-found-").FullName;
        string path = FoundProgram.Write(difference, file, folder, Plant);
        FoundFile read = FoundFile.Read(path);
        Directory.Delete(folder, recursive: true);
        file.Source.Length.ShouldBeLessThan(MostCharacters, file.Source);
        FoundProgram.Outcomes(read, [difference.Flavour], Plant).Count(o => !o.IsSame).ShouldBe(1, file.Source);
        FoundProgram.Outcomes(read, Flavour.All, c => c).ShouldAllBe(o => o.IsSame);
    }
}
