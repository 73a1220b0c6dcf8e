using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using Kml.KmodGen.Compute;
using Kml.Model;
using Kml.Model.Lowering;
using Kml.TestSupport;

namespace Kml.Differential;

/// <summary>Networks emitted as C, and each compiled for every engine that this processor has.</summary>
public sealed unsafe class NetworkBed : IDisposable
{
    /// <summary>Any seed will do; this one is stated so that a failure can be met again.</summary>
    public const ulong Seed = 20260;

    private const int RandomShapes = 18;

    private readonly Dictionary<string, nint> _libraries = [];

    public NetworkBed()
    {
        Draw draw = new(Seed);
        Programs = [.. KnownShapes().Concat(Enumerable.Range(0, RandomShapes).Select(_ => draw.Shape())).Select(ModelProgram.For)];
        for (int i = 0; i < Programs.Length; i++)
        {
            foreach ((string path, string text) in ComputeFiles.Render(Name(i), Programs[i], "/* A network of the tests. */", InstructionSet.All))
                Tools.Add(path, text);
        }

        // The kernel calls with a stack that is 8 bytes off what user space promises: so does this.
        Tools.Add("odd_stack.c", string.Concat(Programs.Select((_, i) => OddStackCall(Name(i)))));
        foreach (Engine engine in Engine.Here)
        {
            IEnumerable<string> sources = Enumerable.Range(0, Programs.Length).Select(i => Source(engine, i));
            if (engine.KernelStack)
                sources = sources.Append("odd_stack.c");
            _libraries[engine.Name] = Tools.Load($"lib{engine.Name.Replace(' ', '_')}.so", sources, [.. engine.Flags, "-DSYMBOL_END=" + engine.Symbol]);
        }

        _libraries["integer"] = Tools.Load(
            "libinteger.so",
            Enumerable.Range(0, Programs.Length).Where(i => Programs[i].Shape.IntegerTwin).Select(i => $"{Name(i)}_infer_int.c"));
    }

    public ModelProgram[] Programs { get; }

    internal CCompiler Tools { get; } = Compiler();

    /// <summary>A compiler over a folder that holds the headers of compute files.</summary>
    internal static CCompiler Compiler()
    {
        CCompiler compiler = new();
        compiler.Add(ComputeFiles.Headers);
        return compiler;
    }

    public static string Name(int index) => $"m{index}";

    internal static string Source(Engine engine, int index) =>
        engine.Symbol == "scalar" ? $"{Name(index)}_infer.c" : $"{Name(index)}_infer_{engine.Symbol}.c";

    internal uint[] RunFloat(Engine engine, int index, byte[] weights, uint[] features)
    {
        string symbol = engine.KernelStack ? $"odd_stack_{Name(index)}" : $"kml_{Name(index)}_infer_{engine.Symbol}";
        return Call(NativeLibrary.GetExport(_libraries[engine.Name], symbol), weights, features, 1 + Programs[index].Head.Confidences.Count);
    }

    internal uint RunInteger(int index, byte[] weights, uint[] features) =>
        Call(NativeLibrary.GetExport(_libraries["integer"], $"kml_{Name(index)}_infer_int"), weights, features, 1)[0];

    public void Dispose() => Tools.Dispose();

    private static uint[] Call(nint function, byte[] weights, uint[] features, int results)
    {
        uint[] result = new uint[results];
        fixed (byte* w = weights)
        fixed (uint* f = features, r = result)
            ((delegate* unmanaged<byte*, uint*, uint*, void>)function)(w, f, r);
        return result;
    }

    private static string OddStackCall(string model) => $$"""
        #define JOIN(a, b) a##b
        #define END(a, b) JOIN(a, b)
        #define TEXT_(x) #x
        #define TEXT(x) TEXT_(x)
        __asm__(".globl odd_stack_{{model}}\nodd_stack_{{model}}:\n\tcall END_{{model}}@PLT\n\tret\n\t.set END_{{model}}, " "kml_{{model}}_infer_" TEXT(SYMBOL_END) "\n");
        #undef JOIN
        #undef END
        #undef TEXT_
        #undef TEXT

        """;

    private static IEnumerable<ProgramShape> KnownShapes()
    {
        yield return Known(5, ScalarType.F32, ScalarType.U32, 4, (16, LayerActivation.Relu), (16, LayerActivation.Relu));
        yield return Known(5, ScalarType.Q16, ScalarType.U32, 4, (16, LayerActivation.Sigmoid), (16, LayerActivation.Tanh));
        yield return Known(31, ScalarType.I32, ScalarType.U32, 2, (256 / 2, LayerActivation.Relu));
        yield return Known(12, ScalarType.Q16, ScalarType.Q16, 0, (128 / 2, LayerActivation.Relu), (16, LayerActivation.Relu));
        yield return Known(31, ScalarType.F32, ScalarType.U32, 2, (256, LayerActivation.Relu));
        yield return Known(1, ScalarType.F32, ScalarType.F32, 0);

        // Each confidence alone and both, among two classes and more.
        foreach (int classes in new[] { 2, 3, 17 })
        {
            ProgramShape floats = Known(3, ScalarType.F32, ScalarType.U32, classes, (9, LayerActivation.Tanh));
            yield return floats with { Confidences = EquatableArray.Of(Confidence.Probability) };
            yield return floats with { Confidences = EquatableArray.Of(Confidence.Margin) };
            yield return floats with { Confidences = EquatableArray.Of(Confidence.Probability, Confidence.Margin) };
        }

        yield return Known(40, ScalarType.I32, ScalarType.I32, 0, (200, LayerActivation.Tanh));

        // The widest layer for which the frame of an integer twin has room.
        yield return Known(5, ScalarType.Q16, ScalarType.U32, 2, (343, LayerActivation.Relu));

        // Each activation in a wide layer, in one that streams, and in a narrow one at the end.
        foreach (LayerActivation activation in Enum.GetValues<LayerActivation>())
        {
            LayerSpec wide = new(9, activation);
            ProgramShape floats = new(3, ScalarType.F32, EquatableArray.Of(wide, wide, new LayerSpec(1, activation)), ScalarType.F32, 0, IntegerTwin: false);
            yield return floats;
            yield return floats with { FeatureType = ScalarType.I32, OutputType = ScalarType.I32, IntegerTwin = true };
        }
    }

    private static ProgramShape Known(
        int features,
        ScalarType feature,
        ScalarType output,
        int classes,
        params (int Units, LayerActivation Activation)[] hidden) =>
        new(
            features,
            feature,
            new([.. hidden.Select(h => new LayerSpec(h.Units, h.Activation)), new LayerSpec(Math.Max(classes, 1), LayerActivation.Identity)]),
            output,
            classes,
            feature != ScalarType.F32 && output != ScalarType.F32);
}

/// <summary>Shares one bed among the tests: compiling it takes the most of their time.</summary>
[Xunit.CollectionDefinition("networks")]
public sealed class NetworkCollection : Xunit.ICollectionFixture<NetworkBed>;
