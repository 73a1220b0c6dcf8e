using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.Loader;

namespace Kml.Cli.Replay;

/// <summary>What a method threw, which its caller takes for a fault and passes over.</summary>
/// <param name="Kind">The exception, and the fault that the module counts it as.</param>
/// <param name="Places">Where, in the user's own methods: the innermost first.</param>
internal sealed record BodyFault(string Kind, IReadOnlyList<string> Places)
{
    /// <summary>Runs what faults.</summary>
    /// <param name="run">What faults.</param>
    /// <returns>The fault.</returns>
    public static BodyFault Of(Func<bool> run)
    {
        Exception? thrown = null;
        int thread = Environment.CurrentManagedThreadId;
        void Keep(object? sender, FirstChanceExceptionEventArgs e)
        {
            if (Environment.CurrentManagedThreadId == thread)
                thrown = e.Exception;
        }

        AppDomain.CurrentDomain.FirstChanceException += Keep;
        try
        {
            run();
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Keep;
        }

        return new($"{thrown!.GetType().Name}, {Name(thrown)} in the kernel", [.. Frames(thrown).Select(Place)]);
    }

    private static string Name(Exception thrown) => thrown switch
    {
        DivideByZeroException => "KML_FAULT_DIVIDE",
        OverflowException => "KML_FAULT_OVERFLOW",
        IndexOutOfRangeException => "KML_FAULT_INDEX",
        SwitchExpressionException => "KML_FAULT_MATCH",
        ArithmeticException => "KML_FAULT_NAN",
        _ => "KML_FAULT_ARGUMENT",
    };

    // Without .NET's own, such as Math.Clamp, and without the model's generated method that called it.
    private static IEnumerable<StackFrame> Frames(Exception thrown) => new StackTrace(thrown, fNeedFileInfo: true).GetFrames()
        .Where(f => f.GetMethod() is { DeclaringType: { } type } method
            && AssemblyLoadContext.GetLoadContext(type.Assembly) is LoadedModel
            && !typeof(IKernelModel).GetMethods().Any(m => method.Name.EndsWith(m.Name, StringComparison.Ordinal)));

    private static string Place(StackFrame frame)
    {
        MethodBase method = frame.GetMethod()!;
        string name = $"{method.DeclaringType!.Name}.{method.Name}";
        if (frame.GetFileName() is not string file)
            return $"{name} (its line is in the .pdb, which is not beside the assembly)";
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, file);
        return FormattableString.Invariant($"{name}, {(relative.StartsWith("..", StringComparison.Ordinal) ? file : relative)}:{frame.GetFileLineNumber()}");
    }
}
