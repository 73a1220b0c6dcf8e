using System;
using System.IO;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests;

public sealed class SamplesCsvTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kml-csv").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void Numbers_that_a_float_cannot_tell_apart_are_said_and_not_taken_for_a_constant()
    {
        string path = Path.Combine(_folder, "far.csv");
        File.WriteAllLines(path, ["sector,depth,label", "8589934593,1,0", "8589934594,1.0,1", "8589934595,1,0"]);
        string message = Should.Throw<TrainingException>(() => SamplesCsv.Read(path, new CsvColumns { Classes = 2 })).Message;
        message.ShouldContain("'sector'");
        message.ShouldContain("8589934593 and 8589934594");
        SamplesCsv.Read(path, new CsvColumns { Classes = 2, Ignored = ["sector"] }).Width.ShouldBe(1);
        File.WriteAllLines(path, ["sector,label", "8589934592,0", "8589935616,1"]);
        SamplesCsv.Read(path, new CsvColumns { Classes = 2 }).Column(0)[1].ShouldBe(8589935616f);
    }

    [Fact]
    public void What_was_written_is_read_back_to_the_bit() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(50),
            Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
            {
                string path = Path.Combine(_folder, "rows.csv");
                Samples rows = SamplesFileTests.Random(seed);
                SamplesCsv.Write(rows, path);
                SamplesFileTests.ShouldEqual(SamplesCsv.Read(path, new CsvColumns { Classes = rows.Classes }), rows);
                Directory.GetFileSystemEntries(_folder).ShouldBe([path]);
                return true;
            }));

    [Fact]
    public void Columns_are_found_by_name_and_classes_have_names()
    {
        const string Text = "\uFEFFwhat,queue,id,\"size, KiB\",w\r\nread,3,x,\"4\",2\r\n\r\n write , -1e3 ,y,0.5,0\r\n";
        Samples rows = SamplesCsv.Parse(
            new StringReader(Text[1..]),
            "t.csv",
            new CsvColumns { Label = "what", Weight = "w", Ignored = ["id"], ClassNames = ["write", "read"] });
        rows.Names.ShouldBe(["queue", "size, KiB"]);
        rows.Classes.ShouldBe(2);
        rows.Labels.ToArray().ShouldBe([1, 0]);
        rows.Column(0).ToArray().ShouldBe([3, -1000]);
        rows.Column(1).ToArray().ShouldBe([4, 0.5f]);
        rows.Weights.ToArray().ShouldBe([2, 0]);
        rows.Times.ToArray().ShouldBe([0ul, 1ul]);
        SamplesCsv.Parse(new StringReader("a,b,label\n1,2,3\n"), "t.csv", new CsvColumns { Features = ["b"] }).Column(0).ToArray().ShouldBe([2]);

        string path = Path.Combine(_folder, "named.csv");
        SamplesCsv.Write(rows, path, new CsvColumns { ClassNames = ["write", "read"] });
        File.ReadAllText(path).ShouldBe("queue,\"size, KiB\",label,weight,time,group\n3,4,read,2,0,0\n-1000,0.5,write,0,1,0\n");
        File.WriteAllText(path, Text);
        SamplesCsv.Read(path, new CsvColumns { Label = "what", Weight = "w", Ignored = ["id"], ClassNames = ["write", "read"] })
            .Labels.ToArray().ShouldBe([1, 0]);
    }

    [Theory]
    [InlineData("", "t.csv:1:1: the file is empty. Its first line must name the columns.")]
    [InlineData("a,b\n1,2\n", "t.csv:1:1: there is no column 'label' for labels; there are a, b. Name it in CsvColumns, or in the file.")]
    [InlineData("a,a,label\n", "t.csv:1:1: two columns have the name 'a'. Rename one.")]
    [InlineData("a,label\n1,0\n1\n", "t.csv:3:2: the line has 1 fields, and the first line names 2.")]
    [InlineData("a,label\n1,0,5\n", "t.csv:2:3: the line has 3 fields, and the first line names 2.")]
    [InlineData("a,label\n1,0\n\n,1\n", "t.csv:4:1: '' in column 'a' is not a number (with a point, not a comma). Mend the cell, or leave the line out.")]
    [InlineData("a,label\n\"1,5\",0\n", "t.csv:2:1: '1,5' in column 'a' is not a number (with a point")]
    [InlineData("a,label\nNaN,0\n", "t.csv:2:1: 'NaN' in column 'a' is not a finite number within the range of a float.")]
    [InlineData("a,label\n1e39,0\n", "t.csv:2:1: '1e39' in column 'a' is not a finite number")]
    [InlineData("a,label\n1,2\n", "t.csv:2:2: '2' in column 'label' is not a class, a whole number from 0 to 1.")]
    [InlineData("a,label\n1,0.0\n", "t.csv:2:2: '0.0' in column 'label' is not a class")]
    [InlineData("a,label,weight\n1,0,-1\n", "t.csv:2:3: '-1' in column 'weight' is not a weight, 0 or more.")]
    [InlineData("a,label,time\n1,0,1.5\n", "t.csv:2:3: '1.5' in column 'time' is not a time, a whole number from 0.")]
    [InlineData("a,label,group\n1,0,sda\n", "t.csv:2:3: 'sda' in column 'group' is not a group, a whole number.")]
    [InlineData("a,label\n1\"2,0\n", "t.csv:2:1: a quote stands where none may.")]
    public void A_bad_cell_is_named_by_file_line_and_field(string text, string message) =>
        Should.Throw<TrainingException>(() => SamplesCsv.Parse(new StringReader(text), "t.csv", new CsvColumns { Classes = 2 }))
            .Message.ShouldStartWith(message);

    [Fact]
    public void A_column_or_class_that_was_asked_for_must_be_there()
    {
        Refused("a,label\n1,0\n", new CsvColumns { Weight = "w" }).ShouldStartWith("t.csv:1:1: there is no column 'w' for weights");
        Refused("a,label\n1,0\n", new CsvColumns { Features = ["b"] }).ShouldStartWith("t.csv:1:1: there is no column 'b' for a feature");
        Refused("a,label\n1,x\n", new CsvColumns { ClassNames = ["y", "z"] })
            .ShouldStartWith("t.csv:2:2: 'x' in column 'label' is not one of the classes y, z.");
    }

    [Fact]
    public void Text_that_is_not_utf8_is_refused()
    {
        string path = Path.Combine(_folder, "latin.csv");
        File.WriteAllBytes(path, [.. "a,label\n1,\u0000"u8[..^1], 0xe9, (byte)'\n']);
        Should.Throw<TrainingException>(() => SamplesCsv.Read(path)).Message.ShouldContain("is not UTF-8");
    }

    [Fact]
    public void What_cannot_be_written_leaves_the_old_file()
    {
        string path = Path.Combine(_folder, "rows.csv");
        File.WriteAllText(path, "old");
        Samples rows = new(["label"], [1], [1], 2);
        Should.Throw<TrainingException>(() => SamplesCsv.Write(rows, path)).Message.ShouldContain("two columns have the name 'label'");
        Should.Throw<TrainingException>(() => SamplesCsv.Write(rows, path, new CsvColumns { Label = "y", ClassNames = ["one"] }))
            .Message.ShouldStartWith("There are 1 names for 2 classes");
        File.ReadAllText(path).ShouldBe("old");
        Directory.GetFileSystemEntries(_folder).ShouldBe([path]);
    }

    private static string Refused(string text, CsvColumns columns) =>
        Should.Throw<TrainingException>(() => SamplesCsv.Parse(new StringReader(text), "t.csv", columns)).Message;
}
