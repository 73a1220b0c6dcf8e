using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.Intrinsics;
using Kml.Differential;
using Kml.Training.Layers;

// Every float, or every 32-bit integer, through each function of one argument: bits compared between C# and C, errors measured.
const int Dots = 20;

Dictionary<string, Func<Vector512<float>, Vector512<float>>> twins = new()
{
    ["exp"] = VectorMath.Exp,
    ["log"] = VectorMath.Log,
    ["sigmoid"] = VectorMath.Sigmoid,
    ["tanh"] = VectorMath.Tanh,
};

uint stride = 1;
if (args.Length > 1 || (args is [string text] && (!uint.TryParse(text, CultureInfo.InvariantCulture, out stride) || stride == 0)))
{
    Console.Error.WriteLine("usage: Kml.EveryFloat [STRIDE], to try only every STRIDEth argument");
    return 2;
}

Arguments arguments = Arguments.EveryNth(stride);
Console.WriteLine(FormattableString.Invariant(
    $"{arguments.Count} arguments each, through C# and C for {string.Join(", ", Engine.Here.Where(e => !e.KernelStack))}; absent here: {Absent()}"));
using UnarySweep sweep = new(UnaryFunction.All, everyForm: false);
int passed = 0, failed = 0;
foreach (UnaryFunction function in UnaryFunction.All)
{
    Console.Write($"{function.Name,-38} ");
    int dots = 0;
    SweepResult result = sweep.Run(function, arguments, twins.GetValueOrDefault(function.Name), share =>
    {
        for (; dots < (int)(share * Dots); dots++)
            Console.Write('.');
    });
    bool holds = result.Differing == 0 && (function.Exact is null || result.Units <= function.MostUnits);
    _ = holds ? passed++ : failed++;
    string error = function.Exact is null
        ? ""
        : FormattableString.Invariant($", at most {result.Units:F4} ulp, at {BitConverter.UInt32BitsToSingle(result.At):R} (0x{result.At:x8})");
    string bits = result.Difference is null ? "the same bits" : FormattableString.Invariant($"{result.Differing} differences, such as {result.Difference}");
    Console.WriteLine($" {(holds ? "passed" : "FAILED")}: {bits}{error}");
}

Console.WriteLine($"{passed} passed, {failed} failed");
return failed == 0 ? 0 : 1;

static string Absent() => Engine.Absent is { Length: > 0 } names ? names : "none";
