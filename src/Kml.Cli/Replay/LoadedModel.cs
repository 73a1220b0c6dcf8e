using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Kml.Model;
using Kml.Runtime;
using Kml.Training;

namespace Kml.Cli.Replay;

/// <summary>The user's assembly, loaded to run its methods; what it needs lies beside it.</summary>
internal sealed class LoadedModel : AssemblyLoadContext
{
    // What tool and assembly both name must be one type to both.
    private static readonly string[] Shared =
        [.. new[] { typeof(IKernelModel), typeof(ModelSpec), typeof(Record), typeof(RecordSet) }.Select(t => t.Assembly.GetName().Name!)];

    private readonly AssemblyDependencyResolver _resolver;

    private LoadedModel(string path)
        : base("model") => _resolver = new(path);

    /// <summary>Loads a model.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="collected">The model as it was when its records were collected.</param>
    /// <exception cref="ToolException">There is no such model, its records had other events or another state, or its assembly cannot be loaded.</exception>
    public static RecordReplay Of(FileInfo assembly, ModelSpec collected)
    {
        if (ModelText.RecordDifference(DeclaredModels.One(assembly, collected.Name), collected) is string difference)
        {
            throw new ToolException($"The records were collected by '{collected.Name}' with other {difference} than it has in {assembly}. "
                + "Build what the module was made of, or collect again.");
        }

        try
        {
            return new LoadedModel(assembly.FullName).LoadFromAssemblyPath(assembly.FullName).GetTypes()
                .Where(t => t.IsClass && !t.IsGenericType && typeof(IKernelModel).IsAssignableFrom(t))
                .Select(t => (RecordReplay)Activator.CreateInstance(typeof(RecordReplay<>).MakeGenericType(t))!)
                .First(m => m.Name == collected.Name);
        }
        catch (Exception e) when (e is FileLoadException or FileNotFoundException or ReflectionTypeLoadException or TypeLoadException)
        {
            throw new ToolException($"{assembly} cannot be loaded: {e.Message.Split('\n')[0].TrimEnd('.')}. Build it again with this version of KmlCompiler.");
        }
    }

    protected override Assembly? Load(AssemblyName assemblyName) =>
        !Shared.Contains(assemblyName.Name) && _resolver.ResolveAssemblyToPath(assemblyName) is string path ? LoadFromAssemblyPath(path) : null;
}
