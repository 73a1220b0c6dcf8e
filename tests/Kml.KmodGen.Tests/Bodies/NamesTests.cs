using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Kml.KmodGen.Bodies.Names;
using Kml.KmodGen.Targets;
using Kml.KmodGen.Templating;
using Kml.Model;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.KmodGen.Tests.Bodies;

/// <summary>Whatever the user calls a field or a local, C has a name for it that is nobody else's: no other's, no macro, no word of C, none of ours.</summary>
public partial class NamesTests
{
    private static readonly string[] Nasty =
    [
        "Reads", "reads", "READS", "ReadHead", "Read_Head", "readHead", "read_head", "Read_Head_2", "ReadHead2",
        "TimeNS", "TimeNs", "_", "__", "_reads", "reads_",
        "class", "int", "Int", "register", "bool", "true", "NULL", "u8", "S64",
        "fault", "Fault", "label", "verdict", "e", "from", "to", "state", "x", "value", "next", "holds",
        "m_reads", "M_Reads", "kml_state", "KmlState", "kml_record", "größe", "Größe", "數", "ı", "İ", "ß", "u00df", "a1", "A1", new('a', 300),
    ];

    // Of the letters that C# allows, those that are spelt alike more often than not.
    private static readonly Gen<string> Identifier = Gen.Elements("aAbBrR_ÄäßẞΩω数ıİ".ToCharArray()).SelectMany(first =>
        Gen.Elements("aAbBrR_ÄäßẞΩω数ıİ012".ToCharArray()).ListOf().Select(rest => first + string.Concat(rest.Take(5))));

    [Fact]
    public void Names_are_identifiers_and_distinct() =>
        Prop.ForAll(Identifier.ListOf().ToArbitrary(), names => Check([.. names.Distinct()])).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void So_are_nasty_ones() => Check([.. Nasty, .. KernelMacros.All.Except(Nasty)]);

    [Fact]
    public void No_macro_of_the_kernel_begins_as_they_do() =>
        KernelMacros.All.ShouldNotContain(m => m.StartsWith(UserNames.Prefix, StringComparison.Ordinal));

    // As if every macro of the kernel stood before the emitted text; what our own text consists of apart, which real headers are compiled with elsewhere.
    [Fact]
    public void Emitted_text_with_nasty_names_is_touched_by_no_macro()
    {
        string[] names = [.. Nasty, .. KernelMacros.All.Except(Nasty).Take(1000)];
        ModelSpec nasty = Model(names), plain = Model([.. names.Select((_, i) => $"Field{i}")]);
        string[] files = ["kml_model.h", "minimal_body.h"];
        IEnumerable<EmittedFile> headers = Renderer.Render(KernelModule.Instance, plain, null, "1.2.3")
            .Where(f => f.Path.EndsWith(".h", StringComparison.Ordinal));
        HashSet<string> ours = [.. Word().Matches(string.Concat(headers.Select(f => f.Text()))).Select(m => m.Value)];
        using CCompiler compiler = new();
        foreach (EmittedFile file in Renderer.Render(KernelModule.Instance, nasty, null, "1.2.3").Where(f => f.Path.EndsWith(".h", StringComparison.Ordinal)))
            compiler.Add(file.Path, file.Content);
        compiler.Add("macros.h", string.Concat(KernelMacros.All.Where(m => !ours.Contains(m)).Select(m => $"#undef {m}\n#define {m} (*)\n")));
        compiler.Add("use.c", string.Concat(files.Prepend("macros.h").Select(f => $"#include \"{f}\"\n")));

        compiler.Run("gcc", [.. CCompiler.Strict, "-Wno-unused-function", "-c", "use.c"]);
    }

    /// <summary>Whatever the model is called, none of its files and symbols is one that every module has.</summary>
    [Fact]
    public void No_model_takes_a_file_or_symbol_of_all_modules()
    {
        string[] plainFiles =
        [
            .. TemplateLibrary.Names
                .Where(n => !n.EndsWith(".sbn", StringComparison.Ordinal) || n.StartsWith("kml_", StringComparison.Ordinal))
                .Select(n => n.Replace(".sbn", "", StringComparison.Ordinal)),
        ];
        ModelSpec model = SourceModels.Named("QueueWait") with { Name = "zq" };
        IReadOnlyList<EmittedFile> files =
        [
            .. Renderer.Render(KernelModule.Instance, model, SampleWeights.For(model), "1.2.3"),
            .. Renderer.Render(KernelModule.Instance, SourceModels.Named("ServiceClass") with { Name = "zq" }, null, "1.2.3"),
        ];
        string[] plainSymbols =
        [
            .. files.Where(f => plainFiles.Contains(f.Path) && f.Path != "kml_model.h")
                .SelectMany(f => Symbol().Matches(f.Text()))
                .Select(m => m.Value).Distinct(),
        ];
        string[] fileParts = [.. files.Select(f => f.Path).Where(p => p.StartsWith("zq_", StringComparison.Ordinal)).Select(p => p[2..]).Distinct()];
        string[] symbolParts = [.. files.SelectMany(f => Own().Matches(f.Text())).Select(m => m.Groups[1].Value).Distinct()];
        plainSymbols.Length.ShouldBeGreaterThan(100);
        fileParts.Length.ShouldBeGreaterThan(10);
        symbolParts.Length.ShouldBeGreaterThan(10);

        Taken(plainFiles, "", fileParts).ShouldBeEmpty();
        Taken(plainSymbols, "kml_", symbolParts).ShouldBeEmpty();

        static IEnumerable<string> Taken(string[] plain, string before, string[] parts) =>
            from name in plain
            from part in parts
            where name.StartsWith(before, StringComparison.Ordinal)
                && name.EndsWith(part, StringComparison.Ordinal)
                && name.Length > before.Length + part.Length
                && ModelChecks.IsModuleName(name[before.Length..^part.Length])
            select $"{name}, of a model '{name[before.Length..^part.Length]}'";
    }

    private static void Check(string[] names)
    {
        UserNames c = new();
        string[] given = [.. names.Select(c.Add)];

        given.ShouldBeUnique();
        given.ShouldAllBe(n => Emitted().IsMatch(n));
        names.Select(n => c[n]).ShouldBe(given);
    }

    private static ModelSpec Model(string[] names)
    {
        EquatableArray<FieldSpec> fields = names.Select(n => new FieldSpec(n, ScalarType.U32)).ToEquatableArray();
        IEnumerable<Statement> locals = names.SelectMany(n => new Statement[]
        {
            new Let(n + "L", Read.Field(ScalarType.U32, "q", n)),
            new Assign(
                new MemberPlace(new VariablePlace("q"), n),
                new Binary(ScalarType.U32, BinaryOperator.Add, Read.Variable(ScalarType.U32, n + "L"), Read.Field(ScalarType.U32, "e", "Sectors"))),
        });
        Parameter[] parameters = [new("e", ParameterKind.Event, EventKind.BioQueue), new("q", ParameterKind.State)];
        return SampleModels.Minimal() with
        {
            State = new(StateScope.PerDevice, fields),
            Updates = EquatableArray.Of(new Method("On", parameters.ToEquatableArray(), new(locals.ToEquatableArray()))),
        };
    }

    [GeneratedRegex("^m_[a-z0-9_]+$")]
    private static partial Regex Emitted();

    [GeneratedRegex(@"\b\w+\b")]
    private static partial Regex Word();

    [GeneratedRegex(@"\bkml_[a-z0-9_]+\b")]
    private static partial Regex Symbol();

    [GeneratedRegex(@"\bkml_zq(_[a-z0-9_]+)\b")]
    private static partial Regex Own();
}
