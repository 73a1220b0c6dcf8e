using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.Differential;

/// <summary>A function of 32 bits, so that each of its arguments can be tried.</summary>
/// <param name="Name">Its name in messages.</param>
/// <param name="Operation">It in C# and in C.</param>
/// <param name="Vector">The C function that does it in each lane of a vector, if there is one.</param>
/// <param name="Exact">It in double precision, if a result is not simply right or wrong.</param>
/// <param name="MostUnits">The furthest that a result may be from that, in units in the last place.</param>
internal sealed record UnaryFunction(
    string Name, Operation Operation, string? Vector = null, Func<double, double>? Exact = null, double MostUnits = 0)
{
    /// <summary>Those of <see cref="KmlMath"/>.</summary>
    public static UnaryFunction[] Mathematics { get; } =
    [
        Of("exp", KmlMath.Exp, Math.Exp, 1.1),
        Of("log", KmlMath.Log, Math.Log, 0.9),
        Of("log2", KmlMath.Log2, Math.Log2, 1.3),
        Of("sigmoid", KmlMath.Sigmoid, x => 1.0 / (1.0 + Math.Exp(-x)), 2),
        Of("tanh", KmlMath.Tanh, Math.Tanh, 2),
    ];

    /// <summary>The operations of one argument that take a float, or make one of 32 bits: the conversions, and what costs little beside them.</summary>
    public static UnaryFunction[] Conversions { get; } =
    [
        .. Operations.All.Where(o => o.IsUnary && (o.Argument == "float" || (o.Result == "float" && o.Argument is "kml_s32" or "kml_u32")))
            .Select(o => new UnaryFunction($"{o.Expression} of {o.Argument}", o)),
    ];

    public static IEnumerable<UnaryFunction> All => Mathematics.Concat(Conversions);

    /// <summary>Makes the C function that applies the function to arrays, as <see cref="Operation.Source"/> does, a vector at a time.</summary>
    public string VectorSource(string name) => $$"""
        void {{name}}(const kml_u64 *as, const kml_u64 *bs, const kml_u64 *cs, kml_u64 *results, int *faults, int n);
        void {{name}}(const kml_u64 *as, const kml_u64 *bs, const kml_u64 *cs, kml_u64 *results, int *faults, int n)
        {
        	float x[KML_LANES];
        	int i, lane;

        	(void)bs;
        	(void)cs;
        	(void)faults;
        	for (i = 0; i < n; i += KML_LANES) {
        		for (lane = 0; lane < KML_LANES; lane++)
        			x[lane] = kml_f32_from_bits((kml_u32)as[i + lane]);
        		kml_store(x, kml_canonical({{Vector}}(kml_load(x))));
        		for (lane = 0; lane < KML_LANES; lane++)
        			results[i + lane] = kml_f32_to_bits(x[lane]);
        	}
        }

        """;

    private static UnaryFunction Of(string name, Func<float, float> managed, Func<double, double> exact, double mostUnits) => new(
        name,
        // The bits as they are: that a NaN is the one NaN is part of it.
        new(
            "float",
            "kml_u32",
            $"((union {{ float f; kml_u32 u; }}){{ kml_{name}(a) }}).u",
            (a, _, _) => KmlMath.CanonicalBits(managed(BitConverter.UInt32BitsToSingle((uint)a)))),
        "kml_v" + name,
        exact,
        mostUnits);
}
