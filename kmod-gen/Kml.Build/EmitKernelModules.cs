using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

using Kml.Inference;
using Kml.KmodGen;
using Kml.KmodGen.Targets;
using Kml.Model;
using Kml.Model.Lowering;

using Microsoft.Build.Framework;

using Task = Microsoft.Build.Utilities.Task;

namespace Kml.Build;

/// <summary>
/// Emits a kernel module for every model that a compiled assembly carries. Runs after the compiler; nothing of the assembly is loaded or run.
/// </summary>
public sealed class EmitKernelModules : Task
{
    /// <summary>The compiled assembly.</summary>
    [Required]
    public string Assembly { get; set; } = "";

    /// <summary>The project, to which messages about the whole of it point.</summary>
    [Required]
    public string Project { get; set; } = "";

    /// <summary>The frameworks between which the project has not chosen; empty if it is clear for which modules are emitted.</summary>
    public string[] UnclearFrameworks { get; set; } = [];

    /// <summary>The directory that receives one directory a model, and the manifest.</summary>
    [Required]
    public string OutputPath { get; set; } = "";

    /// <summary>The name of the project's manifest in that directory.</summary>
    [Required]
    public string Manifest { get; set; } = "";

    /// <summary>The directory where <c>&lt;model&gt;.safetensors</c> lie.</summary>
    [Required]
    public string WeightsPath { get; set; } = "";

    /// <summary>Whether the project says itself where its weights lie.</summary>
    public bool WeightsPathIsSet { get; set; }

    /// <summary>The most bytes that a model's weights may take.</summary>
    [Required]
    public long MaxWeightsBytes { get; set; }

    /// <summary>The longest guarded section without a warning, if the project sets it. The analyzer warns; here MSBuild refuses what is no number.</summary>
    public long MaxGuardedNs { get; set; }

    /// <summary>The most operations of a method, if the project sets it. Analyzer and generator judge; here MSBuild refuses what is no number.</summary>
    public long MaxBodyOperations { get; set; }

    /// <summary>The most bytes of stack of a method, if the project sets it. Analyzer and generator judge; here MSBuild refuses what is no number.</summary>
    public long MaxFrameBytes { get; set; }

    /// <summary>The most bytes of a state, if the project sets it. Analyzer and generator judge; here MSBuild refuses what is no number.</summary>
    public long MaxStateBytes { get; set; }

    /// <summary>Patterns of the files that kbuild leaves in a module's directory; deleted with a model that is gone.</summary>
    [Required]
    public string[] Leftovers { get; set; } = [];

    private static string ToolVersion { get; } =
        typeof(EmitKernelModules).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            Emission emission = new(OutputPath, Manifest, Project, Leftovers);
            IReadOnlyList<ModelSpec> models = ReadModels();
            if (UnclearFrameworks.Length > 0)
            {
                // The build of another framework may be emitting there, and nothing is unclear before there is a model.
                if (models.Count > 0)
                    Report(BuildRules.SecondFramework, Project, string.Join(", ", UnclearFrameworks));
                return !Log.HasLoggedErrors;
            }

            RuleSeverity missing = LooksMisspelt(models) ? RuleSeverity.Warning : BuildRules.NoWeights.Severity;
            foreach (ModelSpec model in models)
                Add(emission, model, missing);

            string[] faults = [.. KbuildPath.Faults(Path.GetFullPath(OutputPath))];
            if (faults.Length > 0 && emission.Count > 0)
                Report(BuildRules.Folder, OutputPath, OutputPath, string.Join(' ', faults));

            // All or nothing: a model that cannot be emitted must not leave the others half renewed.
            if (Log.HasLoggedErrors)
                return false;
            EmissionResult result = emission.Commit();
            foreach (TakenModule taken in result.Taken)
                Report(BuildRules.TakenModule, Project, Project, taken.Project, taken.Name, OutputPath);
            Log.LogMessage(MessageImportance.Normal, "{0}: {1} files written, {2} deleted", OutputPath, result.Written.Count, result.Deleted.Count);
            return !Log.HasLoggedErrors;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.LogError("{0}: {1}", OutputPath, e.Message);
            return false;
        }
    }

    private IReadOnlyList<ModelSpec> ReadModels()
    {
        List<ModelSpec> models = [];
        try
        {
            AssemblyModels carries = AssemblyModels.Read(Assembly);
            foreach (CarriedRefusal refusal in carries.Refusals)
                Log.LogError(null, refusal.Id, null, refusal.File, refusal.Line, refusal.Column, refusal.EndLine, refusal.EndColumn, "{0}", refusal.Message);
            foreach (string lost in carries.Lost)
                Report(BuildRules.NotGenerated, Project, lost, Assembly);
            if (Log.HasLoggedErrors)
                return models;
            foreach (CarriedModel carried in carries.Models)
            {
                ModelSpec model = ModelText.Read(carried.CanonicalText);
                List<ModelFinding> findings = [.. ModelChecks.Check(model)];
                foreach (ModelFinding finding in findings)
                    Report(finding.Rule, Assembly, finding.Arguments);
                if (models.Any(m => m.Name == model.Name))
                    Report(BuildRules.Assembly, Assembly, Assembly, $"it carries two models named '{model.Name}'");
                else if (findings.Count == 0)
                    models.Add(model);
            }
        }
        catch (Exception e) when (e is BadImageFormatException or FormatException)
        {
            Report(BuildRules.Assembly, Assembly, Assembly, e.Message.TrimEnd('.'));
        }

        return models;
    }

    private void Add(Emission emission, ModelSpec model, RuleSeverity missing)
    {
        ModelProgram program = ModelProgram.For(model);
        if (program.Size > MaxWeightsBytes)
        {
            string size = $"{program.Size} bytes", most = $"{MaxWeightsBytes} bytes";
            Report(BuildRules.Budget, Assembly, model.Name, "the size of its weights", size, most, "KmlMaxWeightsBytes");
            return;
        }

        if (!TryReadWeights(model, missing, out WeightsFile? weights))
            return;
        foreach (EmittedFile file in Renderer.Render(KernelModule.Instance, model, weights, ToolVersion))
            emission.Add($"{model.Name}/{file.Path}", file.Content);
        Log.LogMessage(
            MessageImportance.High,
            "{0} -> {1} ({2} parameters, {3} bytes of weights, {4} multiply-adds, {5} bytes of stack, about {6} ns guarded)",
            new CNames(model.Name).Module,
            Path.Combine(OutputPath, model.Name),
            program.Parameters,
            program.Size,
            program.MultiplyAdds,
            program.StackBytes,
            ModelBudget.Of(program).GuardedNs);
    }

    private bool TryReadWeights(ModelSpec model, RuleSeverity missing, out WeightsFile? weights)
    {
        string path = Path.Combine(WeightsPath, model.Name + ".safetensors");
        weights = WeightsProof.Load(model, path, out EquatableArray<WeightsFinding> findings);
        foreach (WeightsFinding finding in findings)
            Report(finding.Rule, finding.Rule == BuildRules.NoWeights ? missing : finding.Rule.Severity, path, finding.Arguments);
        return findings.All(f => f.Rule.Severity != RuleSeverity.Error);
    }

    /// <summary>
    /// Whether weights that are missing may lie under another name, which is worth a warning: a folder that the project names is not there, or weights in it
    /// are no model's. Before the first training, or with a model more than were trained, nothing is wrong.
    /// </summary>
    private bool LooksMisspelt(IReadOnlyList<ModelSpec> models) =>
        Directory.Exists(WeightsPath)
            ? Directory.EnumerateFiles(WeightsPath, "*.safetensors").Any(f => models.All(m => m.Name != Path.GetFileNameWithoutExtension(f)))
            : WeightsPathIsSet;

    private void Report(DiagnosticRule rule, string file, params IEnumerable<string> arguments) => Report(rule, rule.Severity, file, arguments);

    private void Report(DiagnosticRule rule, RuleSeverity severity, string file, IEnumerable<string> arguments)
    {
        object[] values = [.. arguments];
        switch (severity)
        {
            case RuleSeverity.Error:
                Log.LogError(null, rule.Id, null, file, 0, 0, 0, 0, rule.Format, values);
                break;
            case RuleSeverity.Warning:
                Log.LogWarning(null, rule.Id, null, file, 0, 0, 0, 0, rule.Format, values);
                break;
            default:
                Log.LogMessage(null, rule.Id, null, file, 0, 0, 0, 0, MessageImportance.High, rule.Format, values);
                break;
        }
    }
}
