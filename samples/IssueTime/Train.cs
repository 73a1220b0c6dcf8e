using System;
using System.IO;
using Kml;
using Kml.Training;

namespace IssueTimeSample;

/// <summary>Trains both models on collected records.</summary>
internal static class Train
{
    public static int Run(string folder, string weights)
    {
        Run<IssueTime>(folder, weights);
        Run<IssueTimeQ16>(folder, weights);
        return 0;
    }

    private static void Run<TModel>(string folder, string weights)
        where TModel : IKernelModel
    {
        RecordSet records = RecordSet.Load(Path.Combine(folder, TModel.Name + ".records.safetensors"));
        TrainingResult result = Trainer.Train<TModel>(records, new TrainingOptions { LogPath = Path.Combine(folder, TModel.Name + ".epochs.tsv") });
        result.Print();
        string path = Path.Combine(weights, TModel.Name + ".safetensors");
        Directory.CreateDirectory(weights);
        uint version = result.Save(path);
        Console.WriteLine($"{path}: weights version {version}");
    }
}
