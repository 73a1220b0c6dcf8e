using System;
using System.Collections.Generic;
using System.Linq;
using Kml.KmodGen.Targets;
using Kml.KmodGen.Templating;
using Kml.Model;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.KmodGen.Tests;

/// <summary>Every line of every emitted file says what it comes from, and says the truth.</summary>
public class OriginTests
{
    private static readonly Dictionary<string, string[]> Templates =
        TemplateLibrary.Names.ToDictionary(TemplateLibrary.PathOf, n => TemplateLibrary.Read(n).Split('\n'));

    [Theory]
    [InlineData("QueueWait", true)]
    [InlineData("QueueWait", false)]
    [InlineData("ServiceClass", true)]
    [InlineData("ServiceClass", false)]
    public void Every_line_has_an_origin_that_exists(string source, bool withWeights)
    {
        ModelSpec model = SourceModels.Named(source);
        string[] methods = [.. Methods(model).Select(m => m.Name)];
        foreach (EmittedFile file in Target.All.SelectMany(t => Renderer.Render(t, model, withWeights ? SampleWeights.For(model) : null, "1.2.3")))
        {
            string[] lines = file.Text().TrimEnd('\n').Split('\n');
            file.Origins.Count.ShouldBe(lines.Length, file.Path);
            for (int i = 0; i < lines.Length; i++)
                Check(file.Origins[i], lines[i], methods, $"{file.Path}:{i + 1}: {lines[i]}");
        }
    }

    [Fact]
    public void A_line_of_a_body_names_its_method()
    {
        ModelSpec model = SourceModels.Named("QueueWait");
        EmittedFile body = Renderer.Render(KernelModule.Instance, model, null, "1.2.3").Single(f => f.Path == "queue_wait_body.h");
        string[] lines = body.Text().Split('\n');

        foreach (Method method in Methods(model))
        {
            int comment = Array.FindIndex(
                lines,
                l => l.StartsWith("/* [", StringComparison.Ordinal) && l.Contains($"] {method.Name}(", StringComparison.Ordinal));
            int end = Array.IndexOf(lines, "}", comment);
            for (int i = comment; i <= end; i++)
                body.Origins[i].Source.ShouldNotBeNull().ShouldContain($" {method.Name}(");
        }
    }

    [Fact]
    public void A_line_that_is_repeated_for_rows_names_its_row()
    {
        ModelSpec model = SourceModels.Named("QueueWait");
        foreach (EmittedFile file in Renderer.Render(KernelModule.Instance, model, SampleWeights.For(model), "1.2.3"))
        {
            if (file.Path == "kml_counters.h")
            {
                file.Origins.Count(o => o.Row?.Contains("counter ", StringComparison.Ordinal) == true)
                    .ShouldBe(CounterCatalog.Groups.Sum(g => g.Counters.Count()));
            }

            file.Origins.ShouldAllBe(o => o.Row == null || o.Row.Split(", ", StringSplitOptions.None).All(r => !r.EndsWith(' ')), file.Path);
        }
    }

    [Theory]
    [InlineData("kml_model.h", "#define KML_RING_RECORDS", "[Ring]")]
    [InlineData("kml_model.h", "struct kml_queue_wait_state {", "[State]")]
    [InlineData("kml_model.h", "#define KML_FEATURES", "[Features]")]
    [InlineData("queue_wait_weights.c", "const struct kml_queue_wait_weights", "the weights file")]
    public void A_line_of_a_value_says_what_the_value_says(string path, string start, string source)
    {
        ModelSpec model = SourceModels.Named("QueueWait");
        EmittedFile file = Renderer.Render(KernelModule.Instance, model, SampleWeights.For(model), "1.2.3").Single(f => f.Path == path);
        file.Origins[Array.FindIndex(file.Text().Split('\n'), l => l.StartsWith(start, StringComparison.Ordinal))].Source.ShouldBe(source);
    }

    [Fact]
    public void What_is_said_of_values_is_said_of_those_that_there_are()
    {
        string templates = string.Concat(TemplateLibrary.Names.Select(TemplateLibrary.Read));
        ValueSources.ByName.Keys.ShouldAllBe(name => templates.Contains($"{{{{{name}}}}}", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_file_names_its_template_in_its_second_line()
    {
        ModelSpec model = SourceModels.Named("ServiceClass");
        foreach (EmittedFile file in Renderer.Render(KernelModule.Instance, model, SampleWeights.For(model), "1.2.3"))
            file.Text().Split('\n')[1].ShouldContain($"From KmlCompiler's {file.Origins[0].Template}", customMessage: file.Path);
    }

    private static void Check(LineOrigin origin, string line, string[] methods, string where)
    {
        Templates.ShouldContainKey(origin.Template, where);
        string[] template = Templates[origin.Template];
        origin.Line.ShouldBeInRange(1, template.Length, where);

        // What the template writes itself stands in the file as it stands there.
        string original = template[origin.Line - 1];
        if (origin.Source is null && !original.Contains("{{", StringComparison.Ordinal))
            line.ShouldBe(original, where);
        if (origin.Source?.StartsWith("method ", StringComparison.Ordinal) == true)
            methods.ShouldContain(m => origin.Source.Contains($"] {m}(", StringComparison.Ordinal), where);
    }

    private static IEnumerable<Method> Methods(ModelSpec model) =>
        new[] { model.Features.Method, model.Label.Method, model.Verdict, model.Policy }.Concat(model.Updates).OfType<Method>();
}
