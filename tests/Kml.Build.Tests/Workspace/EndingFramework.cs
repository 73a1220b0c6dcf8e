using System.Collections.Generic;
using System.Reflection;
using System.Threading.Tasks;

using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: Xunit.TestFramework("Kml.Build.Tests.EndingFramework", "Kml.Build.Tests")]

namespace Kml.Build.Tests;

/// <summary>Ends the build servers behind the last test: xunit 2 has no fixture of a whole assembly.</summary>
/// <param name="sink">What takes the framework's messages.</param>
public sealed class EndingFramework(IMessageSink sink) : XunitTestFramework(sink)
{
    /// <inheritdoc/>
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName name, ISourceInformationProvider sources, IMessageSink sink)
        : XunitTestFrameworkExecutor(name, sources, sink)
    {
        protected override async void RunTestCases(IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink, ITestFrameworkExecutionOptions executionOptions)
        {
            using Runner runner = new(TestAssembly, testCases, DiagnosticMessageSink, executionMessageSink, executionOptions);
            await runner.RunAsync();
        }
    }

    private sealed class Runner(ITestAssembly assembly, IEnumerable<IXunitTestCase> cases, IMessageSink diagnostics, IMessageSink execution, ITestFrameworkExecutionOptions options)
        : XunitTestAssemblyRunner(assembly, cases, diagnostics, execution, options)
    {
        protected override Task BeforeTestAssemblyFinishedAsync()
        {
            BuildServers.End();
            return base.BeforeTestAssemblyFinishedAsync();
        }
    }
}
