using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.Differential;

/// <summary>Random networks, weights and features from one stated seed.</summary>
internal sealed class Draw
{
    private static readonly uint[] SpecialBits =
    [
        0x00000000, 0x80000000, 0x00000001, 0x80000001, 0x007fffff, 0x00800000, 0x3f800000, 0xbf800000,
        0x7f7fffff, 0xff7fffff, 0x7f800000, 0xff800000, 0x7fc00000, 0xffc00000, 0x7f800001, 0xffa12345,
    ];

    private static readonly Gen<float> Ordinary = Gen.Choose(-20000, 20000).Select(i => i / 8192f);
    private static readonly Gen<float> Special = Gen.Elements(SpecialBits).Select(BitConverter.UInt32BitsToSingle);
    private static readonly Gen<uint> Bits = Gen.Choose(0, 65535).Two().Select(t => ((uint)t.Item1 << 16) | (uint)t.Item2);

    private ulong _seed;

    public Draw(ulong seed) => _seed = seed;

    /// <summary>Mostly small numbers, now and then one that is special in some way.</summary>
    public static Gen<float> Hostile { get; } = Gen.Frequency((40, Ordinary), (1, Special), (1, Bits.Select(BitConverter.UInt32BitsToSingle)));

    public static Gen<uint> AnyFloatBits { get; } =
        Gen.Frequency((3, Bits), (1, Gen.Elements(SpecialBits)), (3, Gen.Choose(-400000, 400000).Select(i => BitConverter.SingleToUInt32Bits(i / 1024f))));

    public static Gen<uint> AnyInt { get; } =
        Gen.Frequency((3, Bits), (3, Gen.Choose(-100, 100).Select(i => (uint)i)), (1, Gen.Elements(0u, 1u, 0x7fffffffu, 0x80000000u, 0xffffffffu)));

    public T One<T>(Gen<T> gen) => Many(gen, 1)[0];

    public T[] Many<T>(Gen<T> gen, int count) => gen.Sample(count, new Rnd(_seed++, 0x9e3779b97f4a7c15), 50);

    /// <summary>A shape that fits a kernel frame; widths crowd around the borders of blocks and of the two orders.</summary>
    public ProgramShape Shape()
    {
        Gen<int> width = Gen.Frequency((2, Gen.Choose(1, 40)), (1, Gen.Elements(1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 48, 64)));
        Gen<LayerActivation> activation = Gen.Elements(Enum.GetValues<LayerActivation>());
        while (true)
        {
            ScalarType feature = One(Gen.Elements(ScalarType.F32, ScalarType.I32, ScalarType.Q16));
            ScalarType output = One(Gen.Elements(ScalarType.F32, ScalarType.I32, ScalarType.Q16, ScalarType.U32));
            int classes = output == ScalarType.U32 ? One(Gen.Choose(2, 20)) : 0;
            int hidden = One(Gen.Choose(0, 3));
            List<LayerSpec> layers = [.. Enumerable.Range(0, hidden).Select(_ => new LayerSpec(One(width), One(activation)))];
            layers.Add(new(classes > 0 ? classes : 1, One(Gen.Frequency((3, Gen.Constant(LayerActivation.Identity)), (1, activation)))));
            bool twin = feature != ScalarType.F32 && output != ScalarType.F32;
            ProgramShape shape = new(One(width), feature, new(layers), output, classes, twin);
            if (ModelProgram.For(shape).FitsFrame)
                return shape;
        }
    }

    public ProgramWeights Weights(ModelProgram program, Gen<float> element)
    {
        int n = program.Shape.Features;
        return new(
            Many(element, n),
            Many(element, n),
            [.. program.DenseLayers.Select(l => new LayerWeights(Many(element, l.MultiplyAdds), Many(element, l.Outputs)))],
            One(element),
            One(element),
            program.Shape.IntegerTwin ? Integer(program) : null);
    }

    public uint[] Features(ProgramShape shape) => Many(shape.FeatureType == ScalarType.F32 ? AnyFloatBits : AnyInt, shape.Features);

    private IntegerWeights Integer(ModelProgram program) => new(
        [.. Enumerable.Range(0, program.Shape.Features).Select(_ => Map(14, 40))],
        [
            .. program.DenseLayers.Select(l =>
            {
                int limit = Math.Min(short.MaxValue, 65000 / l.Inputs);
                return new IntegerLayerWeights(
                    Many(Gen.Choose(-limit, limit).Select(w => (short)w), l.MultiplyAdds),
                    Many(Gen.Choose(-17000000, 17000000), l.Outputs),
                    [.. Enumerable.Range(0, l.Outputs).Select(_ => Map(20, 46))]);
            }),
        ],
        program.Head.Integer is null ? null : Map(10, 40));

    private Affine Map(int minShift, int maxShift) => new(
        One(Gen.Choose(int.MinValue, int.MaxValue)) * (1L << One(Gen.Choose(0, 20))),
        One(Gen.Choose(-(1 << 30), 1 << 30)),
        One(Gen.Choose(minShift, maxShift)));
}
