using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Kml.KmodGen.Data;
using Kml.Model;
using Kml.Model.Lowering;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.KmodGen.Tests;

/// <summary>The pure files compile in user space as they are, and do there what the module does at load: reproduce the golden vectors.</summary>
public class PureFileTests
{
    public static TheoryData<string> Models => ["QueueWait", "ServiceClass"];

    [Theory]
    [MemberData(nameof(Models))]
    public void They_compile_without_a_warning(string source)
    {
        using CCompiler compiler = Written(source, out ModelSpec model);

        foreach (string file in PureFiles(compiler, model))
            compiler.Run("gcc", [.. CCompiler.Strict, "-O2", .. CCompiler.Float, .. Flags(file), "-c", file]);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Those_without_float_compile_where_there_is_no_vector_register(string source)
    {
        using CCompiler compiler = Written(source, out ModelSpec model);

        IEnumerable<string> integerFiles = PureFiles(compiler, model)
            .Where(f => f.EndsWith("_int.c", StringComparison.Ordinal) || f.EndsWith("weights.c", StringComparison.Ordinal));
        foreach (string file in integerFiles)
            compiler.Run("gcc", [.. CCompiler.Strict, "-O2", "-mno-sse", "-mno-sse2", "-mno-mmx", "-mno-80387", "-c", file]);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void They_reproduce_the_golden_vectors(string source)
    {
        using CCompiler compiler = Written(source, out ModelSpec model);
        bool twin = ProgramShape.Of(model).IntegerTwin;
        string module = "kml_" + model.Name;
        compiler.Add("main.c", Program(module, twin, GoldenData.Elements(model, SampleWeights.For(model))));
        foreach (string file in PureFiles(compiler, model).Append("main.c"))
            compiler.Run("gcc", [.. CCompiler.Strict, "-O2", .. CCompiler.Float, .. Flags(file), "-c", file]);
        compiler.Run("sh", "-c", "gcc -o main *.o");

        compiler.Run("sh", "-c", "./main").ShouldBe($"{(twin ? 24 : 16)} agree\n");
    }

    [Fact]
    public void Weights_taken_in_by_the_assembler_are_those_of_the_struct()
    {
        ModelSpec model = SourceModels.Named("ServiceClass") with
        {
            Layers = EquatableArray.Of(
                new LayerSpec(96, LayerActivation.Relu),
                new LayerSpec(160, LayerActivation.Relu),
                new LayerSpec(3, LayerActivation.Identity)),
        };
        WeightsFile weights = SampleWeights.For(model);
        using CCompiler compiler = new();
        compiler.AddModule(model, weights);
        compiler.Add("main.c", """
            #include <stdio.h>
            #include "service_class_weights.h"
            #include "kml_model.h"
            int main(void) { return fwrite(&kml_service_class_weights, sizeof(kml_service_class_weights), 1, stdout) != 1; }
            """);
        compiler.Run("gcc", [.. CCompiler.Strict, "-Wa,-I.", "-o", "main", "main.c", "service_class_weights.c"]);
        compiler.Run("sh", "-c", "./main >output");

        File.ReadAllBytes(Path.Combine(compiler.Folder, "output")).ShouldBe(WeightsData.Bytes(model, weights));
    }

    private static CCompiler Written(string source, out ModelSpec model)
    {
        model = SourceModels.Named(source);
        CCompiler compiler = new();
        compiler.AddModule(model, SampleWeights.For(model));
        return compiler;
    }

    private static IEnumerable<string> PureFiles(CCompiler compiler, ModelSpec model) =>
        Directory.GetFiles(compiler.Folder, model.Name + "_*.c").Select(f => Path.GetFileName(f)!)
            .Where(f => f.Contains("_infer_")
                || f.EndsWith("_float.c", StringComparison.Ordinal)
                || f.EndsWith("_int.c", StringComparison.Ordinal)
                || f.EndsWith("_weights.c", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Flags(string file) =>
        InstructionSet.All.Where(s => file.EndsWith($"_infer_{s.Word}.c", StringComparison.Ordinal)).SelectMany(s => s.Flags);

    private static string Program(string module, bool twin, string golden) => $$"""
        #include <stdio.h>
        #include <string.h>
        #include "kml_model.h"

        struct golden {
        	struct kml_from from;
        	struct kml_state state;
        	u32 features[KML_FEATURES];
        	u32 prediction_float;
        	u32 prediction_integer;
        };

        static const struct golden golden[] = {
        {{golden}}
        };

        static int agree(const struct golden *g, int path)
        {
        	struct kml_record record;
        	struct kml_wish wish;
        	int fault;

        	memset(&record, 0, sizeof(record));
        	record.from = g->from;
        	record.state = g->state;
        	fault = {{(twin ? $"path == 2 ? {module}_predict_int(&record, &wish) : " : "")}}{{module}}_predict_float(&record, &wish, path == 1);
        	return !fault && !memcmp(record.features, g->features, sizeof(record.features)) &&
        	       record.head.prediction == (path == 2 ? g->prediction_integer : g->prediction_float);
        }

        int main(void)
        {
        	unsigned int i;
        	int path, n = 0;

        	for (i = 0; i < sizeof(golden) / sizeof(golden[0]); i++)
        		for (path = 0; path < {{(twin ? 3 : 2)}}; path++)
        			n += agree(&golden[i], path);
        	printf("%d agree\n", n);
        	return 0;
        }

        """;
}
