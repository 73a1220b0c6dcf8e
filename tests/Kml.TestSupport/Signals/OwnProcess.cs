using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Kml.TestSupport;

/// <summary>
/// Runs a method of a test class in a process of its own: SIGINT and SIGQUIT tell xunit's runner to cancel, so that a test must not raise them where
/// it runs. The process is this assembly again, which does the one thing before its entry point begins.
/// </summary>
internal static class OwnProcess
{
    private const string Type = "KML_TEST_TYPE", Method = "KML_TEST_METHOD", Number = "KML_TEST_NUMBER";

    /// <summary>Makes a test class, calls a method of it, and fails with what that wrote if it fails.</summary>
    /// <param name="type">The class; its constructor and its end are the test's.</param>
    /// <param name="method">A method that takes a number; neither public nor a test.</param>
    /// <param name="number">The number.</param>
    public static void Run(Type type, string method, int number)
    {
        ProcessStartInfo start = new("dotnet", [type.Assembly.Location]) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach ((string name, string value) in (KeyValuePair<string, string>[])[new(Type, type.FullName!), new(Method, method), new(Number, $"{number}")])
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        System.Threading.Tasks.Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{type.Name}.{method}({number}) ended with {process.ExitCode}:\n{output.GetAwaiter().GetResult()}{error}");
    }

    [ModuleInitializer]
    internal static void Begin()
    {
        if (Environment.GetEnvironmentVariable(Type) is not { } type)
            return;
        Type of = typeof(OwnProcess).Assembly.GetType(type, throwOnError: true)!;
        MethodInfo method = of.GetMethod(Environment.GetEnvironmentVariable(Method)!, BindingFlags.Instance | BindingFlags.NonPublic)!;
        object test = Activator.CreateInstance(of)!;
        using (test as IDisposable)
            method.Invoke(test, [int.Parse(Environment.GetEnvironmentVariable(Number)!, CultureInfo.InvariantCulture)]);
        Environment.Exit(0);
    }
}
