using System.Linq;
using Kml.Model;
using Kml.Runtime;
using Kml.Training;

namespace Kml.Cli.Replay;

/// <summary>Records done again in the C# of a model that was loaded: its type is known at run time only.</summary>
internal abstract class RecordReplay
{
    /// <summary>The model's name.</summary>
    public abstract string Name { get; }

    /// <summary>The model as it is now.</summary>
    public abstract ModelSpec Model { get; }

    /// <summary>Compares all records with what the kernel left in them.</summary>
    /// <param name="records">The records.</param>
    /// <param name="weights">The weights that the module was made with, or null.</param>
    public abstract ReplayReport Compare(RecordSet records, WeightsFile? weights);

    /// <summary>Finds the first record of which something is another in C#.</summary>
    /// <param name="records">The records.</param>
    /// <param name="weights">The weights that the module was made with, or null.</param>
    public abstract RecordStop? FirstDifference(RecordSet records, WeightsFile? weights);

    /// <summary>Finds the first record on which a method faults.</summary>
    /// <param name="records">The records.</param>
    /// <param name="weights">
    /// The weights that the module was made with. Without them no verdict and no policy is asked that takes how sure the network is.
    /// </param>
    public abstract RecordStop? FirstFault(RecordSet records, WeightsFile? weights);

    /// <summary>Runs a method on a record.</summary>
    /// <param name="records">The records.</param>
    /// <param name="index">The record's index.</param>
    /// <param name="method">The method.</param>
    /// <returns>False if it faults.</returns>
    public abstract bool Run(RecordSet records, long index, ReplayedMethod method);

    /// <summary>The user's name of a method.</summary>
    /// <param name="method">The method.</param>
    protected string NameOf(ReplayedMethod method) => method switch
    {
        ReplayedMethod.Features => Model.Features.Method.Name,
        ReplayedMethod.Update => $"{Model.Updates.First(u => u.Parameters[0].Event == Model.From).Name}({Model.From})",
        ReplayedMethod.Label => Model.Label.Method.Name,
        ReplayedMethod.Policy => Model.Policy!.Name,
        ReplayedMethod.LabelVerdict => $"{Model.Verdict!.Name} of the label",
        _ => $"{Model.Verdict!.Name} of the prediction",
    };
}
