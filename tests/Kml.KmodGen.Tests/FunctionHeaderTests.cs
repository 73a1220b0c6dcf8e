using System;
using System.IO;
using System.Linq;
using Kml.KmodGen.Bodies;
using Kml.Model;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.KmodGen.Tests;

/// <summary>A module has the headers that its bodies call into, and its pure files find them; with weights or without.</summary>
public class FunctionHeaderTests
{
    [Theory]
    [InlineData(Function.Min, null)]
    [InlineData(Function.PopCount, "kml_bits.h")]
    [InlineData(Function.Mix, "kml_count.h")]
    [InlineData(Function.FixedLog2, "kml_fixed.h")]
    [InlineData(Function.Sqrt, null)]
    [InlineData(Function.Exp, "kml_math.h")]
    public void A_body_brings_its_header(Function function, string? header)
    {
        ScalarType type = function.Info().Operands.Contains(ScalarType.U64) ? ScalarType.I32 : ScalarType.F32;
        ModelSpec model = Calling(function, type);
        using CCompiler compiler = new();
        compiler.AddModule(model, null);

        FunctionForms.Headers.Where(h => File.Exists(Path.Combine(compiler.Folder, h))).ShouldBe(header is null ? [] : [header]);
        compiler.Run("gcc", [.. CCompiler.Strict, "-O2", .. CCompiler.Float, "-c", type == ScalarType.F32 ? "minimal_float.c" : "minimal_int.c"]);
    }

    [Fact]
    public void A_network_brings_its_mathematics_whether_or_not_a_body_calls_it()
    {
        foreach (Function function in (Function[])[Function.Sqrt, Function.Exp])
        {
            ModelSpec model = Calling(function, ScalarType.F32);
            using CCompiler compiler = new();
            compiler.AddModule(model, SampleWeights.For(model));

            File.Exists(Path.Combine(compiler.Folder, "kml_math.h")).ShouldBeTrue();
            compiler.Run("gcc", [.. CCompiler.Strict, "-O2", .. CCompiler.Float, "-c", "minimal_float.c", "minimal_infer_sse2.c"]);
        }
    }

    /// <summary>A model whose label is a call on how long a request waited.</summary>
    private static ModelSpec Calling(Function function, ScalarType label)
    {
        ModelSpec minimal = SampleModels.Minimal();
        ScalarType operand = label == ScalarType.F32 ? label : ScalarType.U64;
        Expression waited = ((Return)minimal.Label.Method.Body.Statements.Single()).Value!;
        FunctionInfo info = function.Info();
        Expression call = new FunctionCall(
            info.ResultOf(operand), function, info.ParametersOf(operand).Select(t => As(t, ((Conversion)waited).Operand)).ToEquatableArray());
        Method method = minimal.Label.Method with { Body = new(EquatableArray.Of<Statement>(new Return(As(label, call)))) };
        return minimal with { Label = minimal.Label with { Type = label, Method = method } };
    }

    private static Expression As(ScalarType type, Expression e) => e.Type == type ? e : new Conversion(type, e);
}
